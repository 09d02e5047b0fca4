// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import Foundation
import Journal
import KezekEngine
import KezekFiles
import KezekSimulator
import KezekWire
import Parties
import Queue
import Synchronization
import TestKit
import Testing
import Texts
import WorkingDays

/// Random years of an office, and a model that says what comes of them.
@Suite struct OfficeModelTests {
    @Test(arguments: [UInt64(1), 2, 3, 4])
    func theModelAgreesOnEveryEndStatusListAndFigure(seed: UInt64) async throws {
        try await offThePool {
            var year = try ModelYear(seed: seed)
            try year.run()
        }
    }
}

/// Calendar files as a ministry changes them.
struct CalendarDraft {
    struct Move: Hashable {
        let working: CivilDate
        let rest: CivilDate
        let known: CivilDate
    }

    var moves: [Move] = []
    /// Since when 2028 is known; nil as long as nobody has published it.
    var publishes: CivilDate?

    func text(lastYear: Int? = nil) throws -> String {
        var text = try Repository.text("Calendars/kz.yaml")
        let last = lastYear ?? (publishes == nil ? 2027 : 2028)
        text = text.replacing("years: 2016-2027", with: "years: 2016-\(last)")
        if let publishes, last >= 2028 {
            text = text.replacing(
                "      - {date: 2027-05-16,",
                with: "      - {date: 2028-05-05, known: \(publishes), status: announced, "
                    + "act: kurban-ait-announcement}\n      - {date: 2027-05-16,")
        }
        let rows = moves.map {
            "  - {working: \($0.working), rest: \($0.rest), known: \($0.known), "
                + "act: order-109-2024}\n"
        }
        return text.replacing("\ntransfers:\n", with: "\ntransfers:\n\(rows.joined())")
    }

    private static let read = Mutex<[String: Library]>([:])

    /// The data with the text of a calendar, each text read once; nil if it is no calendar.
    static func library(_ text: String) throws -> Library? {
        if let known = read.withLock({ $0[text] }) { return known }
        guard let library = try? Repository.library().replacing(calendar: text).library else {
            return nil
        }
        read.withLock { $0[text] = library }
        return library
    }
}

/// One office from the summer of 2027 to the winter after it, from a seed.
private struct ModelYear {
    private var dice: SeededGenerator
    private let store = MemoryStore(commitsByItself: false)
    private var queue: QueueEngine
    private var engine: ApplicationEngine
    private var model: OfficeModel
    private var draft = CalendarDraft()
    private var requests: UInt64 = 100
    private var decrees = 0
    /// What the last decree with a calendar put in force.
    private var lastText = ""
    private var waits: [CivilDate] = []

    init(seed: UInt64) throws {
        dice = SeededGenerator(seed: seed)
        let start = date("2027-06-10").adding(days: Int.random(in: 0...120, using: &dice))!
        let library = try Repository.library()
        model = OfficeModel(
            library: library, now: CivilDateTime(start, TimeOfDay("09:00")!), reckoned: start)
        (queue, engine) = Self.engines(store, library)
        try load()
        queue.submit(
            .changeOffice(
                .init(change: .put(Desk.described(Desk.office, "corporation")), dryRun: false)),
            request: Desk.id(1), now: time
        ) { _ in }
        store.commit()
    }

    private static func engines(
        _ store: MemoryStore, _ library: Library
    ) -> (QueueEngine, ApplicationEngine) {
        let queue = QueueEngine(
            store: store, library: library,
            keys: ApplicantKeys(Array(repeating: 3, count: ApplicantKeys.length))!,
            background: { work in work() })
        let engine = ApplicationEngine(queue: queue, run: 7) { text, library in
            guard let new = try? CalendarDraft.library(text) else {
                return .failure(.init(list: ["no calendar"]))
            }
            return .success(
                .init(
                    calendar: "kz", library: new, digest: new.calendars["kz"]!.source,
                    earlierDigest: library.calendars["kz"]!.source))
        }
        return (queue, engine)
    }

    private func load() throws {
        try queue.start(now: time)
        try engine.start(now: time)
    }

    /// Almaty's clocks are five hours ahead of UTC.
    private var time: Timestamp {
        Timestamp(
            second: Int64(model.now.date.dayNumber) * 86_400 + Int64(model.now.time.second)
                - 5 * 3_600)!
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &dice)
    }

    mutating func run() throws {
        var step = 0
        while model.now.date < date("2028-02-10") {
            step += 1
            advance()
            try tick()
            switch number(0...99) {
            case 0..<38: try accept()
            case 38..<86: try act()
            case 86..<92: try decree()
            case 92..<96: try restart()
            default: break
            }
            try compare(step % 25 == 0 ? model.papers[...] : model.papers.suffix(25))
            if step % 5 == 0 { try compareLists() }
        }
        try compare(model.papers[...])
        #expect(model.papers.count > 40 && decrees > 3, "\(model.papers.count) \(decrees)")
    }

    private mutating func advance() {
        var day = model.now.date
        var second = Int(model.now.time.second)
        switch number(0...9) {
        case 0..<6: second += number(1...7_200)
        case 6:
            // The last second of the office's day, and those beside it.
            second = 20 * 3_600 + number(-1...1)
            if second <= Int(model.now.time.second) { day = day.adding(days: 1)! }
        case 7, 8:
            day = day.adding(days: 1)!
            second = 9 * 3_600 + number(0...3_600)
        default:
            day = day.adding(days: number(1...6))!
            second = number(0...86_399)
        }
        if second >= 86_400 { (day, second) = (day.adding(days: 1)!, second - 86_400) }
        model.now = CivilDateTime(day, TimeOfDay(second: Int32(second))!)
    }

    /// Once a second the engine looks whether more has become known.
    private mutating func tick() throws {
        engine.tick(now: time)
        store.commit()
        let today = model.now.date
        if waits.contains(where: { $0 > model.reckoned && $0 <= today }) {
            _ = model.adopt(model.library)
        }
    }

    // MARK: Commands

    private mutating func send(
        _ command: ApplicationCommand
    ) throws -> Result<ApplicationView, ApplicationFault> {
        requests += 1
        let box = Desk.Box(Mutex<Result<ApplicationView, ApplicationFault>?>(nil))
        engine.submit(command, request: Desk.id(requests), now: time, in: .en) { result in
            box.value.withLock { $0 = result }
        }
        store.commit()
        return try #require(box.value.withLock { $0 })
    }

    private mutating func accept() throws {
        let (channel, days) = number(0...1) == 0 ? ("corporation", 3) : ("corporation-elsewhere", 7)
        let like = try Desk.handIn("a")
        let handIn = HandIn(
            office: like.office, channel: channel, applicant: like.applicant,
            profile: like.profile, documents: like.documents, consent: like.consent)
        let today = model.papers.filter { $0.id.date == model.now.date }.count
        let id = ApplicationID(
            office: Desk.office, date: model.now.date, number: UInt32(today) + 1)
        let isTaken = model.accept(id, days: days)
        switch try send(.accept(handIn)) {
        case .success(let view): #expect(isTaken && view.id == id, "\(model.now)")
        case .failure(.refused(.clock(let why))):
            #expect(!isTaken && why.reason == .outsideReception, "\(model.now) \(why.message)")
        case .failure(let fault): Issue.record("\(model.now): \(fault)")
        }
    }

    private mutating func act() throws {
        guard !model.papers.isEmpty else { return }
        let last = model.papers.count - 1
        let place = number(0...2) == 0 ? number(0...last) : number(max(0, last - 8)...last)
        let actions: [ApplicationAction] = [
            .suspend(reason: "r", reviewBy: model.now.date.adding(days: number(1...40))!),
            .resume, .resume, .complete(ground: nil, note: ""), .complete(ground: nil, note: ""),
            .handOver(.applicant), .returnUnclaimed, .returnUnclaimed, .request, .redeliver,
            .withdraw(reason: ""),
        ]
        let action = actions[number(0...actions.count - 1)]
        let id = model.papers[place].id
        let isDone = model.act(action, place)
        let result = try send(.act(id, action))
        #expect(((try? result.get()) != nil) == isDone, "\(model.now) \(id) \(action): \(result)")
    }

    // MARK: Decrees

    private mutating func decree() throws {
        let before = draft
        switch number(0...9) {
        case 0: try loseAYear()
        case 1 where model.now.date > date("2027-12-01") && draft.publishes == nil:
            draft.publishes = model.now.date.adding(days: number(0...2))
        case 2, 3:
            // An act is taken back.
            if !draft.moves.isEmpty { draft.moves.remove(at: number(0...draft.moves.count - 1)) }
        case 4: return try adopt("")
        default:
            let today = model.now.date
            let move = CalendarDraft.Move(
                working: today.adding(days: number(-9...30))!,
                rest: today.adding(days: number(-9...40))!,
                known: today.adding(days: [-1, 0, 0, 0, 1, 1, 5][number(0...6)])!)
            draft.moves.append(move)
        }
        let text = try draft.text()
        // Days that cannot be exchanged make no calendar.
        guard try CalendarDraft.library(text) != nil else {
            draft = before
            return
        }
        try adopt(text)
    }

    private mutating func adopt(_ text: String) throws {
        guard text.isEmpty || text != lastText else {
            requests += 1
            decrees += 1
            let again = decided(DecreeCommand(calendar: text, dryRun: false), requests)
            guard case .failure(.inForceAlready("kz", _))? = again else {
                Issue.record("\(model.now): \(String(describing: again))")
                return
            }
            return
        }
        if !text.isEmpty { lastText = text }
        requests += 1
        let check = try #require(
            decided(DecreeCommand(calendar: text, dryRun: true), requests))
        requests += 1
        let done = try #require(
            decided(DecreeCommand(calendar: text, dryRun: false), requests))
        let library = text.isEmpty ? model.library : try #require(try CalendarDraft.library(text))
        let moved = model.adopt(library)
        decrees += 1
        let effects = try done.get()
        #expect(effects.moving == moved && effects.unanswered == 0, "\(model.now)")
        #expect(try check.get().clocks == effects.clocks)
        waits = library.calendars["kz"]!.book.knownDates
        #expect(effects.knownLater == waits.filter { $0 > model.now.date })
    }

    private mutating func loseAYear() throws {
        let text = try draft.text(lastYear: draft.publishes == nil ? 2026 : 2027)
        guard try CalendarDraft.library(text) != nil else { return }
        for dryRun in [true, false] {
            requests += 1
            let result = decided(DecreeCommand(calendar: text, dryRun: dryRun), requests)
            guard case .failure(.yearTakenAway)? = result else {
                Issue.record("\(model.now): \(String(describing: result))")
                return
            }
        }
    }

    private func decided(
        _ command: DecreeCommand, _ request: UInt64
    ) -> Result<DecreeEffects, ApplicationFault>? {
        let box = Desk.Box(Mutex<Result<DecreeEffects, ApplicationFault>?>(nil))
        engine.submit(command, request: Desk.id(request), now: time, in: .en) { result in
            box.value.withLock { $0 = result }
        }
        store.commit()
        return box.value.withLock { $0 }
    }

    private mutating func restart() throws {
        let last = try DecreeLedger.calendars(in: store).last
        let library = try last.map { try #require(try CalendarDraft.library($0.text)) }
        (queue, engine) = Self.engines(store, try library ?? Repository.library())
        try load()
    }

    // MARK: Comparing

    private func compare(_ papers: ArraySlice<OfficeModel.Paper>) throws {
        for paper in papers {
            guard
                case .application(let view) = try engine.answer(
                    .application(paper.id), in: .en, now: time)
            else { throw CancellationError() }
            let what = "\(model.now) \(paper)"
            #expect(view.phase == paper.phase, "\(what)")
            #expect(view.due.map(OfficeModel.End.init) == paper.due, "\(what)")
            #expect(view.clock?.end.map(OfficeModel.End.init) == paper.clock, "\(what)")
            #expect(view.result?.at == paper.doneAt, "\(what)")
            #expect(view.suspended.map(\.from) == paper.stood.map(\.from), "\(what)")
            #expect(view.suspended.map(\.until) == paper.stood.map(\.until), "\(what)")
        }
    }

    private func compareLists() throws {
        let within = 3
        let list = try engine.workingList(
            WorkingListQuestion(office: Desk.office, within: within, all: true), now: time)
        let listed = Dictionary(uniqueKeysWithValues: list.items.map { ($0.id, $0.urgency) })
        var expected: [ApplicationID: Urgency] = [:]
        for paper in model.papers { expected[paper.id] = model.urgency(paper, within: within) }
        #expect(listed == expected, "\(model.now)")
        #expect(list.items.allSatisfy { $0.workingDays != nil })
        var figures = [0, 0, 0, 0, 0]
        for from in ["2027-06-01", "2028-01-01"] {
            let question = PunctualityQuestion(
                office: Desk.office, from: date(from),
                to: from == "2028-01-01" ? date("2028-03-01") : date("2027-12-31"), period: .whole)
            guard
                case .punctuality(let told) = try engine.answer(
                    .punctuality(question), in: .en, now: time)
            else { throw CancellationError() }
            for row in told.rows {
                let counts = [row.inTime, row.late, row.running, row.overdue, row.withdrawn]
                figures = zip(figures, counts).map { $0 + $1 }
            }
        }
        #expect(figures == model.figures, "\(model.now)")
        for paper in model.papers.suffix(12) { try compareStatus(paper) }
    }

    private func compareStatus(_ paper: OfficeModel.Paper) throws {
        guard
            case .status(let status) = try engine.answer(
                .status(paper.id, .reference("a")), in: .en, now: time)
        else { throw CancellationError() }
        let end = paper.phase == .suspended ? nil : paper.clock
        #expect(status.phase == paper.phase && status.until == end?.at)
        #expect(status.isProvisional == end?.isProvisional ?? false)
        let isLate = end.map { $0.at < model.now } ?? false
        let tellsLate = isLate && (paper.phase == .accepted || paper.phase == .requested)
        #expect(status.sentence.contains("late") == tellsLate, "\(status.sentence)")
        let tells = end?.isProvisional == true && !(isLate && paper.phase == .ready)
        #expect(status.sentence.contains("provisional") == tells, "\(status.sentence)")
    }
}

extension OfficeModel.End {
    fileprivate init(_ deadline: Deadline) {
        self.init(at: deadline.at, isProvisional: deadline.isProvisional)
    }
}
