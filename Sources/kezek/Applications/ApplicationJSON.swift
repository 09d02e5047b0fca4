// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import Journal
import KezekClient
import KezekWire
import Parties
import Queue

/// When a clock ends, as JSON.
struct DeadlineJSON: Encodable {
    let at: String
    let asKnownOn: String
    let calendarVersion: String
    let provisional: Bool

    init(_ deadline: Deadline) {
        at = deadline.at.description
        asKnownOn = deadline.asKnownOn.description
        calendarVersion = deadline.calendarVersion
        provisional = deadline.isProvisional
    }
}

/// A document as it was shown, as JSON.
struct PresentedJSON: Encodable {
    let document: String
    let original: Bool
    let copy: Bool
    let expires: String?

    init(_ document: PresentedDocument) {
        self.document = document.id
        original = document.original
        copy = document.copy
        expires = document.expires?.description
    }
}

/// An application, as JSON; with the id under which a command may be repeated.
struct ApplicationJSON: Encodable {
    struct Clock: Encodable {
        let kind: String
        let start: String
        let end: DeadlineJSON?
    }

    struct Suspension: Encodable {
        let from: String
        let until: String?
        let reason: String
        let reviews: [Review]
    }

    struct Review: Encodable {
        let at: String
        let by: String
        let reason: String?
    }

    struct Result: Encodable {
        let at: String
        let ground: String?
        let note: String
    }

    let requestId: String?
    let application: String
    let revision: UInt32
    let standard: String
    let channel: String
    let group: String
    let retrained: Bool
    let categoryHeld: Bool
    let consent: String?
    let documents: [PresentedJSON]
    let ticket: String?
    let handedInAt: String
    let phase: String
    let changedAt: String
    let due: DeadlineJSON?
    let clock: Clock?
    let suspensions: [Suspension]
    let result: Result?
    let recipient: String?
    let withdrawalReason: String?

    init(_ view: ApplicationView, _ id: RequestID? = nil) {
        requestId = id?.hex
        application = view.id.description
        revision = view.revision
        standard = view.standard
        channel = view.channel
        group = view.profile.group
        retrained = view.profile.isRetrained
        categoryHeld = view.profile.holdsCategory
        consent = view.consent.map { "\($0)" }
        documents = view.documents.map(PresentedJSON.init)
        ticket = view.ticket.isEmpty ? nil : view.ticket
        handedInAt = view.handedInAt.description
        phase = view.phase.word
        changedAt = view.changedAt.description
        due = view.due.map(DeadlineJSON.init)
        clock = view.clock.map {
            Clock(
                kind: "\($0.kind)", start: $0.start.description,
                end: $0.end.map(DeadlineJSON.init))
        }
        suspensions = view.suspended.map {
            Suspension(
                from: $0.from.description, until: $0.until?.description, reason: $0.reason,
                reviews: $0.reviews.map {
                    Review(
                        at: $0.at.description, by: $0.by.description,
                        reason: $0.reason.isEmpty ? nil : $0.reason)
                })
        }
        result = view.result.map {
            Result(at: $0.at.description, ground: $0.ground, note: $0.note)
        }
        recipient = view.recipient.map { "\($0)" }
        withdrawalReason = view.withdrawal.isEmpty ? nil : view.withdrawal
    }
}

/// Papers beside the list of what is asked, as JSON.
struct IntakeJSON: Encodable {
    struct Line: Encodable {
        let document: String
        let rule: String
        let title: String
        let askedFor: Bool
        let needsCopy: Bool
        let givenBack: Bool
        let presented: PresentedJSON?
        let problems: [String]
    }

    let complete: Bool
    let ground: String?
    let lines: [Line]

    init(_ answer: IntakeAnswer) {
        complete = answer.isComplete
        ground = answer.ground.isEmpty ? nil : answer.ground
        lines = answer.lines.map {
            Line(
                document: $0.document, rule: $0.rule, title: $0.title, askedFor: $0.isAskedFor,
                needsCopy: $0.needsCopy, givenBack: $0.isGivenBack,
                presented: $0.presented.map(PresentedJSON.init),
                problems: $0.problems.map { "\($0)" })
        }
    }
}

/// A working list, as JSON.
struct WorkingListJSON: Encodable {
    struct Item: Encodable {
        let application: String
        let urgency: String
        let phase: String
        let channel: String
        let deadline: String?
        let workingDays: Int?
        let provisional: Bool
    }

    let office: String
    let date: String
    let run: UInt64
    let revision: UInt64
    let whole: Bool
    let items: [Item]
    let gone: [String]

    init(_ list: WorkingList) {
        office = list.office.description
        date = list.date.description
        run = list.run
        revision = list.revision
        whole = list.isWhole
        items = list.items.map {
            Item(
                application: $0.id.description, urgency: $0.urgency.word, phase: $0.phase.word,
                channel: $0.channel, deadline: $0.deadline?.description,
                workingDays: $0.workingDays, provisional: $0.isProvisional)
        }
        gone = list.gone.map(\.description)
    }
}

/// What an applicant may be told, as JSON.
struct StatusJSON: Encodable {
    let application: String
    let phase: String
    let handedInAt: String
    let until: String?
    let provisional: Bool
    let sentence: String

    init(_ answer: StatusAnswer) {
        application = answer.id.description
        phase = answer.phase.word
        handedInAt = answer.handedInAt.description
        until = answer.until?.description
        provisional = answer.isProvisional
        sentence = answer.sentence
    }
}

/// How many were done in time, as JSON.
struct PunctualityJSON: Encodable {
    struct Row: Encodable {
        let office: String
        let from: String
        let channel: String
        let accepted: Int
        let inTime: Int
        let late: Int
        let overdue: Int
        let running: Int
        let withdrawn: Int
        let perMille: Int?
    }

    let rows: [Row]

    init(_ punctuality: Punctuality) {
        rows = punctuality.rows.map {
            Row(
                office: $0.office.description, from: $0.from.description, channel: $0.channel,
                accepted: $0.accepted, inTime: $0.inTime, late: $0.late, overdue: $0.overdue,
                running: $0.running, withdrawn: $0.withdrawn, perMille: $0.perMille)
        }
    }
}

/// What a decree moves, as JSON.
struct DecreeJSON: Encodable {
    struct Change: Encodable {
        let date: String
        let week: String
        let before: String
        let after: String
        let act: String
    }

    struct Clock: Encodable {
        let application: String
        let clock: String
        let from: String
        let to: String
        let because: [String]
    }

    struct Booking: Encodable {
        let booking: BookingJSON
        let replacement: BookingJSON?
    }

    let done: Bool
    let calendar: String?
    let version: String?
    let running: Int
    let moving: Int
    let unanswered: Int
    let awaitingYear: Int
    let knownLater: [String]
    let movingBookings: Int
    let changes: [Change]
    let clocks: [Clock]
    let bookings: [Booking]
    /// Those who are here today and for whom no window, or no place of their booking, is planned any more.
    let tickets: [Here]
    /// Numbers of kiosks for which there is none.
    let leases: [Leased]
    /// Bookings that lose their place when more becomes known.
    let later: [Later]
    /// Clocks that move then, and how many do.
    let laterClocks: [LaterClock]
    let movingLater: Int

    struct Later: Encodable {
        let knownOn: String
        let booking: BookingJSON
    }

    struct LaterClock: Encodable {
        let knownOn: String
        let application: String
        let clock: String
        let from: String
        let to: String
    }

    struct Here: Encodable {
        let office: String?
        let ticket: String
        let service: String
        let state: String
    }

    struct Leased: Encodable {
        let office: String?
        let id: UInt32
        let kiosk: String
    }

    init(_ effects: DecreeEffects) {
        done = effects.isDone
        calendar = effects.calendar.isEmpty ? nil : effects.calendar
        version = effects.version.isEmpty ? nil : effects.version
        running = effects.running
        moving = effects.moving
        unanswered = effects.unanswered
        awaitingYear = effects.awaitingYear
        knownLater = effects.knownLater.map(\.description)
        movingBookings = effects.movingBookings
        changes = effects.changes.map {
            Change(
                date: $0.date.description, week: $0.week, before: $0.before.text,
                after: $0.after.text, act: $0.act)
        }
        clocks = effects.clocks.map { clock in
            Clock(
                application: clock.id.description, clock: "\(clock.kind)",
                from: clock.from.description, to: clock.to.description,
                because: effects.changes[clock.changes].map(\.date.description))
        }
        bookings = effects.bookings.displaced.map {
            Booking(
                booking: BookingJSON($0.booking),
                replacement: $0.replacement.map(BookingJSON.init))
        }
        tickets = effects.bookings.tickets.map {
            Here(
                office: $0.office?.description, ticket: $0.ticket.label.description,
                service: $0.ticket.service.description, state: "\($0.ticket.state)")
        }
        later = effects.later.map {
            Later(knownOn: $0.knownOn.description, booking: BookingJSON($0.booking))
        }
        laterClocks = effects.laterClocks.map {
            LaterClock(
                knownOn: $0.knownOn.description, application: $0.id.description,
                clock: "\($0.kind)", from: $0.from.description, to: $0.to.description)
        }
        movingLater = effects.movingLater
        leases = effects.bookings.leases.map {
            Leased(office: $0.office?.description, id: $0.lease.id, kiosk: $0.lease.kiosk)
        }
    }
}
