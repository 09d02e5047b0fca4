// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import Foundation
import Journal
import KezekEngine
import KezekFiles
import KezekSQLite
import KezekSimulator
import KezekWire
import Parties
import Queue
import ServiceStandards
import Synchronization
import TestKit
import Testing
import Texts

/// An office with a queue and a register over one store.
struct Desk: Sendable {
    let store: MemoryStore
    let queue: QueueEngine
    let engine: ApplicationEngine

    static let office = OfficeID("astana-1")!
    static let provider = OfficeID("almaty-edu")!
    static let service = ServiceID("acceptance")!
    /// Wednesday 18 March 2026, 10:00 in Astana.
    static let morning = Timestamp("2026-03-18T05:00Z")!

    init(
        _ store: MemoryStore = MemoryStore(commitsByItself: false), _ library: Library? = nil
    ) throws {
        self.store = store
        (queue, engine) = try Self.engines(store, try library ?? Repository.library())
        try queue.start(now: Self.morning)
        try engine.start(now: Self.morning)
    }

    static func engines(
        _ store: some JournalStore, _ library: Library
    ) throws -> (QueueEngine, ApplicationEngine) {
        let queue = QueueEngine(
            store: store, library: library,
            keys: ApplicantKeys(Array(repeating: 3, count: ApplicantKeys.length))!,
            background: { work in work() })
        let engine = ApplicationEngine(queue: queue, run: 7) { text, library in
            do {
                let (name, new) = try library.replacing(calendar: text)
                return .success(
                    .init(
                        calendar: name, library: new, digest: new.calendars[name]!.source,
                        earlierDigest: library.calendars[name]?.source ?? ""))
            } catch { return .failure(.init(list: ["\(String(describing: error))"])) }
        }
        return (queue, engine)
    }

    static func described(_ id: OfficeID, _ kind: String, windows: Int = 2) -> QueueOffice {
        let text = LocalizedText(kk: "Кеңсе", ru: "Отделение", en: "Office")
        var rules = QueueRules()
        rules.leadSeconds = 0
        return QueueOffice(
            id: id, title: text, address: text, standard: "std-7", kind: kind, zone: "",
            services: [
                QueueService(id: service, letter: UInt8(ascii: "A"), title: text, minutes: nil)
            ],
            windows: (1...windows).map {
                QueueWindow(id: WindowID("\($0)")!, services: [service], roster: [:], breaks: [])
            }, exceptions: [], closures: [], rules: rules)
    }

    func register(at now: Timestamp = morning) {
        for (id, kind) in [(Self.office, "corporation"), (Self.provider, "provider")] {
            queue.submit(
                .changeOffice(.init(change: .put(Self.described(id, kind)), dryRun: false)),
                request: id == Self.office ? Self.id(1) : Self.id(2), now: now
            ) { _ in }
        }
        store.commit()
    }

    static func id(_ number: UInt64) -> RequestID { RequestID(high: 9, low: number) }

    static func handIn(_ who: String, office: OfficeID = office) throws -> HandIn {
        let standard = try Repository.library().standards["std-7"]!
        let profile = ApplicantProfile(group: "pmpc-teacher")
        return HandIn(
            office: office, channel: office == provider ? "provider" : "corporation",
            applicant: .reference(who), profile: profile,
            documents: try standard.check([], of: profile, on: .latest).lines.map {
                PresentedDocument(id: $0.document.id, original: true, copy: true)
            }, consent: .given)
    }

    /// What came of a command, once everything queued is on disk; nil as long as nothing did.
    func send(
        _ command: ApplicationCommand, _ request: UInt64, at now: Timestamp = morning,
        committing: Bool = true
    ) -> Result<ApplicationView, ApplicationFault>? {
        let outcome = Mutex<Result<ApplicationView, ApplicationFault>?>(nil)
        let box = Box(outcome)
        engine.submit(command, request: Self.id(request), now: now, in: .en) { result in
            box.value.withLock { $0 = result }
        }
        if committing { store.commit() }
        return box.value.withLock { $0 }
    }

    func send(
        _ decree: DecreeCommand, _ request: UInt64, at now: Timestamp = morning,
        failing: AppendFailure? = nil
    ) -> Result<DecreeEffects, ApplicationFault>? {
        let box = Box(Mutex<Result<DecreeEffects, ApplicationFault>?>(nil))
        engine.submit(decree, request: Self.id(request), now: now, in: .en) { result in
            box.value.withLock { $0 = result }
        }
        store.commit(failing: failing)
        return box.value.withLock { $0 }
    }

    func hold(_ who: String, _ date: CivilDate, _ time: String, _ request: UInt64) -> BookingID? {
        let box = Box(Mutex<BookingID?>(nil))
        queue.submit(
            .hold(
                HoldCommand(
                    office: Self.office, service: Self.service, date: date,
                    start: TimeOfDay(time)!, channel: .office, applicant: .reference(who))),
            request: Self.id(request), now: Self.morning
        ) { result in
            if case .success(let receipt) = result {
                box.value.withLock { $0 = receipt.booking?.id }
            }
        }
        store.commit()
        return box.value.withLock { $0 }
    }

    final class Box<Value: Sendable>: Sendable {
        let value: Mutex<Value>

        init(_ value: consuming sending Mutex<Value>) { self.value = value }
    }
}

@Suite struct ApplicationEngineTests {
    @Test func aRepeatIsToldTheSameAndChangesNothing() throws {
        let desk = try Desk()
        desk.register()
        let accept = ApplicationCommand.accept(try Desk.handIn("a"))
        let first = try #require(desk.send(accept, 10)).get()
        #expect(first.id.number == 1)
        _ = desk.send(.act(first.id, .complete(ground: nil, note: "")), 11)
        #expect(try #require(desk.send(accept, 10)).get() == first)
        #expect(
            desk.send(.accept(try Desk.handIn("b")), 10) == .failure(.command(.requestMismatch)))
        #expect(
            desk.send(.act(first.id, .resume), 11) == .failure(.command(.requestMismatch)))
        // The next morning the papers are still known, and so is the action a year later.
        let tomorrow = Timestamp("2026-03-19T05:00Z")!
        #expect(try #require(desk.send(accept, 10, at: tomorrow)).get() == first)
        let later = Timestamp("2027-03-19T05:00Z")!
        desk.engine.tick(now: later)
        let repeated = try #require(
            desk.send(.act(first.id, .complete(ground: nil, note: "")), 11, at: later)
        ).get()
        #expect(repeated.phase == .ready)
    }

    @Test func twoThatComeBeforeTheDiskAnswersGetTwoNumbersAndOneRepeatWaits() throws {
        let desk = try Desk()
        desk.register()
        let accept = ApplicationCommand.accept(try Desk.handIn("a"))
        #expect(desk.send(accept, 10, committing: false) == nil)
        #expect(desk.send(.accept(try Desk.handIn("b")), 11, committing: false) == nil)
        let box = Desk.Box(Mutex<[UInt32]>([]))
        for _ in 1...2 {
            desk.engine.submit(accept, request: Desk.id(10), now: Desk.morning, in: .en) {
                if case .success(let view) = $0 { box.value.withLock { $0.append(view.id.number) } }
            }
        }
        #expect(box.value.withLock { $0 }.isEmpty)
        desk.store.commit()
        #expect(box.value.withLock { $0 } == [1, 1])
        #expect(
            try desk.store.entries(of: .applications("astana-1", date("2026-03-18")), after: 0)
                .count == 2)
    }

    @Test func whatIsLostIsNotToldAndNotRead() throws {
        let desk = try Desk()
        desk.register()
        let box = Desk.Box(Mutex<[String]>([]))
        for number in 10...12 as ClosedRange<UInt64> {
            desk.engine.submit(
                .accept(try Desk.handIn("\(number)")), request: Desk.id(number), now: Desk.morning,
                in: .en
            ) { result in
                box.value.withLock {
                    $0.append((try? result.get()).map { "\($0.id.number)" } ?? "lost")
                }
            }
        }
        desk.store.commit(atMost: 1)
        desk.store.commit(atMost: 1, failing: .unavailable("the disk is full"))
        desk.store.commit()
        // The third was decided over the second.
        #expect(box.value.withLock { $0 } == ["1", "lost", "lost"])
        #expect(try #require(desk.send(.accept(try Desk.handIn("11")), 11)).get().id.number == 2)
        let list = try desk.engine.workingList(
            WorkingListQuestion(office: Desk.office, all: true), now: Desk.morning)
        #expect(list.items.map(\.id.number) == [1, 2])
    }

    @Test func aStartFindsEveryRunningClockHoweverOld() throws {
        let desk = try Desk()
        desk.register()
        let first = try #require(desk.send(.accept(try Desk.handIn("a")), 10)).get()
        let second = try #require(desk.send(.accept(try Desk.handIn("b")), 11)).get()
        _ = desk.send(.act(second.id, .withdraw(reason: "")), 12)
        let later = Timestamp("2027-03-01T05:00Z")!
        let (queue, engine) = try Desk.engines(desk.store, try Repository.library())
        try queue.start(now: later)
        try engine.start(now: later)
        let list = try engine.workingList(
            WorkingListQuestion(office: Desk.office), now: later)
        #expect(list.items.map(\.id) == [first.id])
        #expect(list.items.map(\.urgency) == [.overdue])
        // One in which no clock runs is read when it is asked for.
        guard
            case .application(let view) = try engine.answer(
                .application(second.id), in: .en, now: later)
        else { throw CancellationError() }
        #expect(view.phase == .withdrawn)
    }

    @Test func aStatusNeedsTheNumberAndThePerson() throws {
        let desk = try Desk()
        desk.register()
        let iin = ApplicantName.iin(IIN("900101300017")!)
        let plain = try Desk.handIn("x")
        let handIn = HandIn(
            office: plain.office, channel: plain.channel, applicant: iin, profile: plain.profile,
            documents: plain.documents, consent: .given)
        let view = try #require(desk.send(.accept(handIn), 10)).get()
        let wrongNumber = ApplicationID(office: view.id.office, date: view.id.date, number: 2)
        let unknownOffice = ApplicationID("nowhere/2026-03-18/1")!
        let otherDay = ApplicationID(office: view.id.office, date: date("2026-03-17"), number: 1)
        for (id, name) in [
            (view.id, ApplicantName.reference("x")), (wrongNumber, iin), (unknownOffice, iin),
            (otherDay, iin),
        ] {
            #expect(throws: ApplicationFault.noStatus) {
                try desk.engine.answer(.status(id, name), in: .en, now: Desk.morning)
            }
        }
        guard
            case .status(let status) = try desk.engine.answer(
                .status(view.id, iin), in: .kk, now: Desk.morning)
        else { throw CancellationError() }
        #expect(status.phase == .accepted)
        // The number of the person is in no entry, not even as a part of a hash's input.
        try desk.store.scan(after: 0) { placed in
            let text = String(decoding: placed.entry.body, as: UTF8.self)
            #expect(!text.contains("900101300017"))
            return true
        }
    }

    @Test func listsTellWhatChangedSinceTheyWereSeen() throws {
        let desk = try Desk()
        desk.register()
        func list(_ seen: WorkingListQuestion.Seen?) throws -> WorkingList {
            try desk.engine.workingList(
                WorkingListQuestion(office: Desk.office, all: true, since: seen),
                now: Desk.morning)
        }
        let empty = try list(nil)
        #expect(empty.isWhole && empty.items.isEmpty)
        let heard = Desk.Box(Mutex(0))
        let watch = try #require(
            desk.engine.watch(Desk.office) { heard.value.withLock { $0 += 1 } })
        let first = try #require(desk.send(.accept(try Desk.handIn("a")), 10)).get()
        let second = try #require(desk.send(.accept(try Desk.handIn("b")), 11)).get()
        let news = try list(.init(run: empty.run, revision: empty.revision))
        #expect(!news.isWhole)
        #expect(news.items.map(\.id) == [first.id, second.id])
        _ = desk.send(.act(first.id, .withdraw(reason: "")), 12)
        let more = try list(.init(run: news.run, revision: news.revision))
        #expect(more.items.isEmpty && more.gone == [first.id])
        let none = try list(.init(run: more.run, revision: more.revision))
        #expect(!none.isWhole && none.items.isEmpty && none.gone.isEmpty)
        // Another run of the server counts anew.
        #expect(try list(.init(run: more.run + 1, revision: more.revision)).isWhole)
        #expect(heard.value.withLock { $0 } == 3)
        // After a decree how urgent anything is may differ, whether its clock moved or not.
        _ = try #require(
            desk.send(DecreeCommand(calendar: "", dryRun: false), 14)
        ).get()
        #expect(heard.value.withLock { $0 } == 4)
        let anew = try list(.init(run: none.run, revision: none.revision))
        #expect(anew.isWhole && anew.items.map(\.id) == [second.id])
        watch.end()
        _ = desk.send(.accept(try Desk.handIn("c")), 13)
        #expect(heard.value.withLock { $0 } == 4)
        #expect(desk.engine.watch(OfficeID("nowhere")!) {} == nil)
    }

    @Test func aListThatWasSeenTooLongAgoIsToldAsAWhole() throws {
        let desk = try Desk()
        desk.register()
        // As many that none is looked at again more often than it may be.
        let changes = ApplicationEngine.Limits.changesKept * 2
        let count = changes / Application.reviewLimit + 1
        var ids: [ApplicationID] = []
        for number in 0..<UInt64(count) {
            let who = try Desk.handIn("a-\(number)")
            ids.append(try #require(desk.send(.accept(who), 10 + number)).get().id)
        }
        let seen = try desk.engine.workingList(
            WorkingListQuestion(office: Desk.office), now: Desk.morning)
        for number in 0..<changes {
            let day = date("2026-04-01").adding(days: number % 200)!
            let action = ApplicationAction.suspend(reason: "r", reviewBy: day)
            let done = desk.send(.act(ids[number % count], action), 100 + UInt64(number))
            #expect((try? done?.get()) != nil)
        }
        let question = WorkingListQuestion(
            office: Desk.office, all: true, since: .init(run: seen.run, revision: seen.revision))
        let list = try desk.engine.workingList(question, now: Desk.morning)
        #expect(list.isWhole)
        #expect(list.items.count == count)
    }
}
