// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
import KezekClient
import Parties
import Queue
import Texts
import WorkingDays

/// An office in a list, as JSON.
struct OfficeSummaryJSON: Encodable {
    let office: String
    let title: String
    let standard: String
    let kind: String
    let takesBookings: Bool
    let windows: Int
    let services: [String]

    init(_ office: OfficeSummary, _ language: Language) {
        self.office = office.id.description
        title = office.title[language]
        standard = office.standard
        kind = office.kind
        takesBookings = office.takesBookings
        windows = office.windows
        services = office.services.map(\.description)
    }
}

/// The description of an office, as JSON.
struct OfficeJSON: Encodable {
    struct Service: Encodable {
        let service: String
        let letter: String
        let title: [String: String]
        let minutes: Int?
    }

    struct Window: Encodable {
        let window: String
        let services: [String]
        let roster: [String: [String]]
        let breaks: [String]
    }

    struct Exception: Encodable {
        let date: String
        let window: String
        let hours: [String]
    }

    struct Closure: Encodable {
        let date: String
        let hours: String?
        let reason: [String: String]
    }

    struct Rules: Encodable {
        let holdSeconds: Int32
        let graceSeconds: Int32
        let leadSeconds: Int32
        let horizonDays: Int32
        let rereleaseSeconds: Int32
        let slotMinutes: Int32
        let portalPercent: Int32
        let kioskPercent: Int32
        let calls: Int32
    }

    let office: String
    let title: [String: String]
    let address: [String: String]
    let standard: String
    let kind: String
    let zone: String?
    let services: [Service]
    let windows: [Window]
    let exceptions: [Exception]
    let closures: [Closure]
    let queue: Rules

    init(_ office: QueueOffice) {
        self.office = office.id.description
        title = office.title.byLanguage
        address = office.address.byLanguage
        standard = office.standard
        kind = office.kind
        zone = office.zone.isEmpty ? nil : office.zone
        services = office.services.map {
            Service(
                service: $0.id.description, letter: String(UnicodeScalar($0.letter)),
                title: $0.title.byLanguage, minutes: $0.minutes)
        }
        windows = office.windows.map { window in
            Window(
                window: window.id.description, services: window.services.map(\.description),
                roster: Dictionary(
                    uniqueKeysWithValues: window.roster.map { ($0.key.name, $0.value.map(\.text)) }),
                breaks: window.breaks.map(\.text))
        }
        exceptions = office.exceptions.map {
            Exception(
                date: $0.date.description, window: $0.window.description,
                hours: $0.hours.map(\.text))
        }
        closures = office.closures.map {
            Closure(
                date: $0.date.description, hours: $0.hours?.text, reason: $0.reason.byLanguage)
        }
        queue = Rules(
            holdSeconds: office.rules.holdSeconds, graceSeconds: office.rules.graceSeconds,
            leadSeconds: office.rules.leadSeconds, horizonDays: office.rules.horizonDays,
            rereleaseSeconds: office.rules.rereleaseSeconds, slotMinutes: office.rules.slotMinutes,
            portalPercent: office.rules.portalPercent, kioskPercent: office.rules.kioskPercent,
            calls: office.rules.callLimit)
    }
}

/// What a change of an office does or would do, as JSON.
struct EffectsJSON: Encodable {
    struct Displaced: Encodable {
        let booking: BookingJSON
        /// Left out if no place is left, so that the booking is cancelled.
        let replacement: BookingJSON?
    }

    let office: String
    let requestId: String
    let done: Bool
    let dates: [String]
    let displaced: [Displaced]
    /// Those who are here and for whom no window, or no place of their booking, is planned any more.
    let tickets: [Waiting]
    /// Numbers of kiosks for which there is none.
    let leases: [Lease]

    struct Waiting: Encodable {
        let ticket: String
        let service: String
        let state: String
    }

    struct Lease: Encodable {
        let id: UInt32
        let kiosk: String
    }

    init(_ effects: OfficeEffects, office: OfficeID, _ id: RequestID) {
        self.office = office.description
        requestId = id.hex
        done = effects.isDone
        dates = effects.dates.map(\.description)
        displaced = effects.displaced.map {
            Displaced(
                booking: BookingJSON($0.booking), replacement: $0.replacement.map(BookingJSON.init))
        }
        tickets = effects.tickets.map {
            Waiting(
                ticket: $0.ticket.label.description, service: $0.ticket.service.description,
                state: "\($0.ticket.state)")
        }
        leases = effects.leases.map { Lease(id: $0.lease.id, kiosk: $0.lease.kiosk) }
    }
}

extension LocalizedText {
    /// The text by the code of its language.
    var byLanguage: [String: String] {
        Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0.rawValue, self[$0]) })
    }
}

extension DayInterval {
    /// The interval as `09:00-13:00`.
    var text: String { "\(start)-\(end)" }
}
