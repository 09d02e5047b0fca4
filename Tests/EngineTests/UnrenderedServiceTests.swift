// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
import KezekEngine
import Parties
import Queue
import Synchronization
import TestKit
import Testing
import Texts

/// A service that no window renders is told from one that is full.
@Suite struct UnrenderedServiceTests {
    private let desk: Desk
    private static let b = ServiceID("b")!
    private static let unknown = QueueRefusal.unknownService(b, known: [Desk.service])

    init() throws {
        desk = try Desk()
        desk.register()
    }

    private func send(
        _ command: QueueCommand, _ request: UInt64, at now: Timestamp = Desk.morning
    ) -> Result<Receipt, CommandFault> {
        let box = Desk.Box(Mutex<Result<Receipt, CommandFault>?>(nil))
        desk.queue.submit(command, request: Desk.id(request), now: now) { result in
            box.value.withLock { $0 = result }
        }
        desk.store.commit()
        return box.value.withLock { $0 } ?? .failure(.overloaded)
    }

    /// The office with a second service, which the windows of these numbers render.
    private func put(
        _ windows: [Int], closures: [Closure] = [], _ request: UInt64,
        at now: Timestamp = Desk.morning
    ) throws {
        let known = Desk.described(Desk.office, "corporation")
        let services =
            known.services + [
                QueueService(id: Self.b, letter: 66, title: known.title, minutes: nil)
            ]
        let office = QueueOffice(
            id: known.id, title: known.title, address: known.address, standard: known.standard,
            kind: known.kind, zone: "", services: services,
            windows: [1, 2].map { number in
                QueueWindow(
                    id: WindowID("\(number)")!,
                    services: [Desk.service] + (windows.contains(number) ? [Self.b] : []),
                    roster: [:], breaks: [])
            }, exceptions: [], closures: closures, rules: known.rules)
        _ = try send(.changeOffice(.init(change: .put(office), dryRun: false)), request, at: now)
            .get()
    }

    private func ask(
        _ question: QueueQuestion, at now: Timestamp = Desk.morning
    ) throws -> QueueAnswer {
        try desk.queue.answer(question, now: now)
    }

    private func slots(_ from: String, _ to: String, of service: ServiceID = b) -> QueueQuestion {
        .slots(
            SlotsQuestion(
                office: Desk.office, service: service, channel: .office, from: date(from),
                to: date(to)))
    }

    private func firstFree(from day: String, of service: ServiceID = b) -> QueueQuestion {
        .firstFree(
            FirstFreeQuestion(
                office: Desk.office, service: service, channel: .office,
                from: CivilDateTime(date(day), .midnight), count: 3))
    }

    private func hold(_ day: String, _ time: String, _ who: String = "x") -> QueueCommand {
        .hold(
            HoldCommand(
                office: Desk.office, service: Self.b, date: date(day), start: TimeOfDay(time)!,
                channel: .office, applicant: .reference(who)))
    }

    private func refusal(_ body: () throws -> Void) -> QueueRefusal? {
        do { try body() } catch {
            guard case .refused(let refusal, _, _)? = error as? CommandFault else { return nil }
            return refusal
        }
        return nil
    }

    @Test func whatNobodyRendersIsRefusedAlikeEverywhere() throws {
        try put([], 10)
        let questions = [
            slots("2026-03-19", "2026-03-19"), slots("2026-03-17", "2026-03-27"),
            firstFree(from: "2026-03-18"),
            // Beyond the days that can be booked nothing is free, and it is refused all the same.
            firstFree(from: "2027-03-18"), .wait(Desk.office, .newcomer(Self.b)),
        ]
        for question in questions {
            #expect(refusal { _ = try ask(question) } == Self.unknown, "\(question)")
        }
        let commands: [QueueCommand] = [
            hold("2026-03-19", "10:00"), .today(Desk.office, .takeTicket(service: Self.b)),
            .today(Desk.office, .leaseNumbers(service: Self.b, count: 1, kiosk: "k")),
        ]
        for (number, command) in commands.enumerated() {
            let result = send(command, 20 + UInt64(number))
            #expect(refusal { _ = try result.get() } == Self.unknown, "\(command)")
        }
        #expect(throws: Never.self) {
            _ = try ask(firstFree(from: "2027-03-18", of: Desk.service))
        }
    }

    /// What is full has its slots, with nothing left.
    @Test func whatIsFullIsNoUnknownService() throws {
        try put([1], 10)
        _ = try send(hold("2026-03-19", "10:00"), 11).get()
        guard case .slots(let days) = try ask(slots("2026-03-19", "2026-03-19")),
            let index = days[0].starts.firstIndex(of: 36_000)
        else {
            Issue.record("no slots")
            return
        }
        #expect(days[0].free[index] == 0 && days[0].free.contains(1))
        let refused = send(hold("2026-03-19", "10:00", "y"), 12)
        #expect(refusal { _ = try refused.get() } == .slotTaken(36_000))
    }

    /// A day goes by its own plan: of dates asked about together, those without a window for it are empty.
    @Test func datesOnWhichSomebodyRendersItAreTold() throws {
        try put([], 10)
        let ticket = QueueCommand.today(Desk.office, .takeTicket(service: Desk.service))
        _ = try send(ticket, 11).get()
        let tomorrow = try #require(Timestamp(second: Desk.morning.second + 86_400))
        try put([1], 12, at: tomorrow)
        guard
            case .slots(let days) = try ask(slots("2026-03-18", "2026-03-20"), at: tomorrow),
            case .firstFree(let found) = try ask(firstFree(from: "2026-03-18"), at: tomorrow)
        else { return }
        #expect(days.map(\.starts.isEmpty) == [true, false, false])
        #expect(found.first?.date == date("2026-03-19"))
        let alone = refusal { _ = try ask(slots("2026-03-18", "2026-03-18"), at: tomorrow) }
        #expect(alone == Self.unknown)
    }

    /// A closed day has no slots of what is rendered on others, which is no reason to refuse.
    @Test func aClosedDayIsNoUnknownService() throws {
        let text = LocalizedText(kk: "жөндеу", ru: "ремонт", en: "repairs")
        try put([1], closures: [Closure(date: date("2026-03-19"), hours: nil, reason: text)], 10)
        guard case .slots(let days) = try ask(slots("2026-03-19", "2026-03-19")) else { return }
        #expect(days.map(\.starts) == [[]])
        #expect(refusal { _ = try send(hold("2026-03-19", "10:00"), 11).get() } == .closed(text))
        guard case .firstFree(let found) = try ask(firstFree(from: "2026-03-19")) else { return }
        #expect(found.first?.date == date("2026-03-20"))
    }
}
