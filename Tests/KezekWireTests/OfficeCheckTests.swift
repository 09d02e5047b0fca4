// SPDX-License-Identifier: Apache-2.0

import CallLimits
import CivilTime
import Enquiries
import Queue
import TestKit
import Testing
import Texts
import WorkingDays

@testable import KezekWire

/// Descriptions of offices that cannot be are refused with their field, over the wire too.
@Suite struct OfficeCheckTests {
    private static let good = QueueExamples.description

    private static func office(
        title: LocalizedText = good.title, kind: String = good.kind,
        services: [QueueService] = good.services, windows: [QueueWindow] = good.windows,
        exceptions: [RosterException] = [], closures: [Closure] = [],
        rules: (inout QueueRules) -> Void = { _ in }
    ) -> QueueOffice {
        var changed = QueueRules()
        rules(&changed)
        return QueueOffice(
            id: good.id, title: title, address: good.address, standard: good.standard, kind: kind,
            zone: good.zone, services: services, windows: windows, exceptions: exceptions,
            closures: closures, rules: changed)
    }

    private static func service(
        _ name: String = "acceptance", letter: UInt8 = 65, minutes: Int? = nil
    ) -> QueueService {
        QueueService(
            id: ServiceID(name)!, letter: letter, title: good.title, minutes: minutes)
    }

    private static func window(
        _ name: String = "1", services: [ServiceID] = [], roster: [Weekday: [DayInterval]] = [:]
    ) -> QueueWindow {
        QueueWindow(id: WindowID(name)!, services: services, roster: roster, breaks: [])
    }

    private static let noon = QueueExamples.hours("12:00", "13:00")

    static let wrong: [(QueueOffice, String)] = [
        (office(title: LocalizedText(kk: "а", ru: "", en: "a")), "title.ru"),
        (
            office(
                title: LocalizedText(kk: "а", ru: "б", en: String(repeating: "c", count: 501))),
            "title.en"
        ),
        (office(kind: ""), "kind"),
        (office(services: [], windows: []), "services"),
        (office(services: (0..<9).map { service("s\($0)") }, windows: []), "services"),
        (office(services: [service(), service()], windows: []), "services"),
        (office(services: [service(letter: 97)], windows: []), "services[0].letter"),
        (office(services: [service(minutes: 0)], windows: []), "services[0].minutes"),
        (office(services: [service(minutes: 481)], windows: []), "services[0].minutes"),
        (office(windows: (0..<65).map { window("w\($0)") }), "windows"),
        (office(windows: [window(), window()]), "windows"),
        (
            office(windows: [window(services: [ServiceID("other")!])]), "windows[0].services"
        ),
        (
            office(windows: [window(roster: [.friday: [noon, noon]])]),
            "windows[0].roster.friday"
        ),
        (
            office(
                windows: [
                    window(roster: [.friday: [noon, QueueExamples.hours("13:00", "14:00")]])
                ]), "windows[0].roster.friday"
        ),
        (
            office(exceptions: [
                RosterException(date: QueueExamples.day, window: WindowID("x")!, hours: [])
            ]), "exceptions[0].window"
        ),
        (
            office(
                exceptions: Array(
                    repeating: RosterException(
                        date: QueueExamples.day, window: WindowID("1")!, hours: []), count: 2)),
            "exceptions"
        ),
        (
            office(
                closures: Array(
                    repeating: Closure(date: QueueExamples.day, hours: nil, reason: good.title),
                    count: 401)), "closures"
        ),
        (office { $0.holdSeconds = 9 }, "rules.hold_seconds"),
        (office { $0.holdSeconds = 86_401 }, "rules.hold_seconds"),
        (office { $0.graceSeconds = -1 }, "rules.grace_seconds"),
        (office { $0.graceSeconds = 14_401 }, "rules.grace_seconds"),
        (office { $0.leadSeconds = 604_801 }, "rules.lead_seconds"),
        (office { $0.horizonDays = 0 }, "rules.horizon_days"),
        (office { $0.horizonDays = 63 }, "rules.horizon_days"),
        (office { $0.rereleaseSeconds = 86_401 }, "rules.rerelease_seconds"),
        (office { $0.slotMinutes = 4 }, "rules.slot_minutes"),
        (office { $0.slotMinutes = 241 }, "rules.slot_minutes"),
        (office { $0.portalPercent = 101 }, "rules.portal_percent"),
        (office { $0.kioskPercent = -1 }, "rules.kiosk_percent"),
        (office { $0.callLimit = 0 }, "rules.call_limit"),
        (office { $0.callLimit = 21 }, "rules.call_limit"),
    ]

    @Test func whatCanBeHasNoFaults() {
        #expect(QueueExamples.description.faults() == [])
        #expect(QueueExamples.plain.faults() == [])
        #expect(Self.office().faults() == [])
    }

    @Test func eachFaultIsFoundByItself() {
        for (office, field) in Self.wrong {
            #expect(office.faults().map(\.field) == [field])
        }
    }

    @Test func noneOfThemPassesTheWire() throws {
        let arena = Arena(limit: CallLimit.decodedRequestBytes)
        for (office, field) in Self.wrong {
            let request = WireRequest(
                id: 1, deadlineMilliseconds: 0, language: .ru,
                call: .command(
                    QueueExamples.request,
                    .changeOffice(OfficeChangeCommand(change: .put(office), dryRun: false))))
            arena.reset()
            // An absent number of minutes is written as 0.
            guard field != "services[0].minutes" || office.services[0].minutes != 0 else {
                continue
            }
            let bytes = try #require(RequestCodec.encode(request, arena))
            arena.reset()
            let decoded = bytes.withUnsafeBytes { RequestCodec.decode($0, arena) }
            guard case .refused(1, let refusal) = decoded else {
                Issue.record("\(field) passed")
                continue
            }
            #expect(refusal.reason == .invalidField)
            let named = try #require(refusal.field)
            // The hours of a weekday are those of an item of its list.
            let place = "put.\(field)".replacing(".roster.friday", with: ".roster[0].hours")
            #expect(named == place)
        }
    }
}
