// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import Journal
import KezekEngine
import KezekSimulator
import KezekWire
import Parties
import Queue
import Synchronization
import TestKit
import Testing

/// The queue in a year that nobody has published: whoever comes today is served today.
@Suite struct QueueOverTheTurnTests {
    private let desk: Desk
    /// Wednesday 5 January 2028, 10:00 in Astana.
    private static let wednesday = Timestamp("2028-01-05T05:00Z")!
    private static let unpublished = CommandFault.yearNotPublished(year: 2028, calendar: "kz")

    init() throws {
        desk = try Desk()
        desk.register()
        desk.queue.tick(now: Self.wednesday)
    }

    private func send(
        _ command: QueueCommand, _ request: UInt64, at now: Timestamp = wednesday,
        _ queue: QueueEngine? = nil
    ) -> Result<Receipt, CommandFault> {
        let box = Desk.Box(Mutex<Result<Receipt, CommandFault>?>(nil))
        (queue ?? desk.queue).submit(command, request: Desk.id(request), now: now) { result in
            box.value.withLock { $0 = result }
        }
        desk.store.commit()
        return box.value.withLock { $0 } ?? .failure(.overloaded)
    }

    private func free(_ day: String, at now: Timestamp = wednesday) throws -> Int {
        let question = SlotsQuestion(
            office: Desk.office, service: Desk.service, channel: .office, from: date(day),
            to: date(day))
        guard case .slots(let days) = try desk.queue.answer(.slots(question), now: now) else {
            throw CancellationError()
        }
        return days.flatMap(\.free).filter { $0 > 0 }.count
    }

    private func hold(_ day: String) -> QueueCommand {
        .hold(
            HoldCommand(
                office: Desk.office, service: Desk.service, date: date(day),
                start: TimeOfDay("15:00")!, channel: .office, applicant: .reference("a")))
    }

    private static let ticket = QueueCommand.today(
        Desk.office, .takeTicket(service: Desk.service))

    @Test func theDayThatHasComeIsServedAndNoLaterOneIsPromised() throws {
        _ = try send(Self.ticket, 20).get()
        _ = try send(.today(Desk.office, .openWindow(WindowID("1")!)), 21).get()
        _ = try send(.today(Desk.office, .callNext(WindowID("1")!)), 22).get()
        _ = try send(hold("2028-01-05"), 23).get()
        #expect(try free("2028-01-05") > 10)
        #expect(throws: Self.unpublished) { try free("2028-01-06") }
        #expect(send(hold("2028-01-06"), 24) == .failure(Self.unpublished))
        // The next morning, and after a restart in it.
        let thursday = Timestamp(second: Self.wednesday.second + 86_400)!
        _ = try send(Self.ticket, 25, at: thursday).get()
        let (queue, _) = try Desk.engines(desk.store, try Repository.library())
        try queue.start(now: thursday)
        _ = try send(Self.ticket, 26, at: thursday, queue).get()
        // Friday is Orthodox Christmas.
        let friday = Timestamp(second: thursday.second + 86_400)!
        #expect(throws: CommandFault.self) { try send(Self.ticket, 27, at: friday, queue).get() }
        #expect(throws: Never.self) { try JournalAudit(desk.store) }
    }

    /// The decree that brings the year makes a plan of the day anew, and opens the later ones.
    @Test func theYearThatComesPlansTheDayAnew() throws {
        _ = try send(Self.ticket, 20).get()
        _ = try send(hold("2028-01-05"), 21).get()
        var draft = CalendarDraft()
        draft.publishes = date("2028-01-05")
        draft.moves = [
            .init(
                working: date("2028-01-15"), rest: date("2028-01-06"),
                known: date("2028-01-05"))
        ]
        let command = DecreeCommand(calendar: try draft.text(), dryRun: false)
        _ = try #require(desk.send(command, 22, at: Self.wednesday)).get()
        #expect(try free("2028-01-05") > 10)
        _ = try send(Self.ticket, 23).get()
        // Of two weeks: the five-day week moves, that of the Corporation works on Saturdays anyway.
        #expect(try free("2028-01-06") > 10 && free("2028-01-07") == 0)
        #expect(throws: Never.self) { try JournalAudit(desk.store) }
    }

    /// An office can be changed on such a day.
    @Test func anOfficeIsChangedOnSuchADay() throws {
        _ = try send(Self.ticket, 20).get()
        let described = Desk.described(Desk.office, "corporation", windows: 3)
        _ = try send(.changeOffice(.init(change: .put(described), dryRun: false)), 21).get()
        _ = try send(.today(Desk.office, .openWindow(WindowID("3")!)), 22).get()
    }
}
