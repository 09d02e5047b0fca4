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

/// One office over the turn from 2027 to 2028, from a seed.
struct ModelYear {
    private var dice: SeededGenerator
    let store = MemoryStore(commitsByItself: false)
    private var queue: QueueEngine
    private(set) var engine: ApplicationEngine
    private(set) var model: OfficeModel
    /// What the ministry has said so far.
    private var draft = CalendarDraft()
    /// What is in force: the last decree, or a file that was changed by hand since.
    private var inForce = CalendarDraft()
    private var isByHand = false
    /// The year is published after this day, if it is.
    private let publishing: CivilDate
    private var requests: UInt64 = 100
    /// What the last decree with a calendar put in force.
    private var lastText = ""
    private var waits: [CivilDate] = []
    private(set) var played = Played()

    init(seed: UInt64) throws {
        dice = SeededGenerator(seed: seed)
        // From the summer on, or the last weeks before the turn, in which no end is sure.
        let isShort = Int.random(in: 0...2, using: &dice) > 0
        let start = date(isShort ? "2027-11-25" : "2027-06-10")
            .adding(days: Int.random(in: 0...(isShort ? 30 : 120), using: &dice))!
        publishing = date("2027-12-10").adding(days: Int.random(in: 0...50, using: &dice))!
        let library = try Repository.library()
        model = OfficeModel(
            library: library, now: CivilDateTime(start, TimeOfDay("09:00")!))
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
    var time: Timestamp {
        Timestamp(
            second: Int64(model.now.date.dayNumber) * 86_400 + Int64(model.now.time.second)
                - 5 * 3_600)!
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &dice)
    }

    mutating func run() throws {
        var step = 0
        while model.now.date < date("2028-02-20") {
            step += 1
            advance()
            try tick()
            switch number(0...99) {
            case 0..<38: try accept()
            case 38..<85: try act()
            case 85..<93: try decrees()
            case 93..<96: try restart()
            case 96: try restartWithAChangedFile()
            default: break
            }
            try compare(step % 25 == 0 ? model.papers[...] : model.papers.suffix(25))
            if step % 5 == 0 { try compareLists() }
        }
        try compare(model.papers[...])
        played.note(.years)
        played.note(.papers, model.papers.count)
        played.note(.keptByTheYear, model.judged.kept)
        played.note(.clearedByTheYear, model.judged.inTime)
        played.note(.lateByTheYear, model.judged.late)
    }

    private mutating func advance() {
        var day = model.now.date
        var second = Int(model.now.time.second)
        switch number(0...11) {
        case 0..<8: second += number(1...5_400)
        case 8:
            // The last second of the office's day, and those beside it.
            second = 20 * 3_600 + number(-1...1)
            if second <= Int(model.now.time.second) { day = day.adding(days: 1)! }
        case 9, 10:
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
            played.note(.waitingDays)
            played.note(.clocksMoved, model.adopt().moves.count)
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
        case .success(let view):
            #expect(isTaken && view.id == id, "\(model.now)")
            if view.due?.isProvisional == true { played.note(.provisionalEnds) }
        case .failure(.refused(.clock(let why))):
            #expect(!isTaken && why.reason == .outsideReception, "\(model.now) \(why.message)")
        case .failure(let fault): Issue.record("\(model.now): \(fault)")
        }
    }

    private mutating func act() throws {
        guard !model.papers.isEmpty else { return }
        let last = model.papers.count - 1
        // Any of them, one of the last, or one that is late.
        let late = model.papers.indices.filter { model.isOverdue(model.papers[$0]) }
        let place =
            switch number(0...5) {
            case 0, 1: number(0...last)
            case 2...3 where !late.isEmpty: late[number(0...late.count - 1)]
            default: number(max(0, last - 8)...last)
            }
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

    /// One decree, or several on one day, some in the same second.
    private mutating func decrees() throws {
        try decree()
        while number(0...2) == 0 {
            let second = Int(model.now.time.second) + [0, 1, number(2...3_000)][number(0...2)]
            guard second < 86_400 else { return }
            model.now = CivilDateTime(model.now.date, TimeOfDay(second: Int32(second))!)
            try tick()
            try decree()
            try compare(model.papers.suffix(25))
        }
    }

    private mutating func decree() throws {
        // Days that cannot be exchanged make no calendar.
        for _ in 0..<10 {
            var next = draft
            switch number(0...11) {
            case 0: next.lacksLastYear = true
            case 1 where !next.moves.isEmpty:
                // An act is taken back.
                next.moves.remove(at: number(0...next.moves.count - 1))
            case 2: return try adopt(nil)
            case 3: break
            case 4..<8 where model.now.date > publishing: publish(&next)
            default: next.moves.append(move())
            }
            if try CalendarDraft.library(try next.text()) != nil { return try adopt(next) }
        }
    }

    /// The year comes with days that it exchanges, some of which are over; its day is put off, or it
    /// comes sooner.
    private mutating func publish(_ next: inout CalendarDraft) {
        let today = model.now.date
        let known = today.adding(days: number(-1...6))!
        if next.publishes == nil, today.year == 2028 {
            for _ in 0..<number(0...2) {
                let saturday = (1...30).map { today.adding(days: $0)! }
                    .filter { $0.weekday == .saturday }.randomElement(using: &dice)!
                let rest = max(today.adding(days: -number(1...9))!, date("2028-01-05"))
                next.moves.append(.init(working: saturday, rest: rest, known: known))
            }
        }
        next.publishes = known
    }

    private mutating func move() -> CalendarDraft.Move {
        let today = model.now.date
        return CalendarDraft.Move(
            working: today.adding(days: number(-9...30))!,
            rest: today.adding(days: number(-9...40))!,
            known: today.adding(days: [-1, 0, 0, 0, 1, 1, 5][number(0...6)])!)
    }

    /// Whether a year that is known, or will be, is known no more.
    private func losesAYear(_ next: CalendarDraft) -> Bool {
        [model.now.date, nil].contains {
            next.lastYear(knownOn: $0) < inForce.lastYear(knownOn: $0)
        }
    }

    /// A calendar is adopted; nil for that which is in force.
    private mutating func adopt(_ next: CalendarDraft?) throws {
        let text = try next?.text() ?? ""
        let check = decided(DecreeCommand(calendar: text, dryRun: true))
        let done = decided(DecreeCommand(calendar: text, dryRun: false))
        if let next, losesAYear(next) {
            guard case .failure(.yearTakenAway)? = check, case .failure(.yearTakenAway)? = done
            else {
                Issue.record("\(model.now): \(String(describing: done))")
                return
            }
            played.note(next.lacksLastYear ? .yearsRefused : .yearsPutOff)
            return
        }
        if let next, text == lastText, !isByHand {
            played.note(.again)
            guard case .failure(.inForceAlready("kz", _))? = done else {
                Issue.record("\(model.now): \(String(describing: done))")
                return
            }
            draft = next
            return
        }
        if let next {
            (draft, inForce, isByHand, lastText) = (next, next, false, text)
            model.take(try #require(try CalendarDraft.library(text)), next.moves)
            waits = model.library.calendars["kz"]!.book.knownDates
        }
        try compare(try #require(done).get(), try #require(check).get(), model.adopt())
    }

    /// What a decree told, and was to tell.
    private mutating func compare(
        _ effects: DecreeEffects, _ check: DecreeEffects, _ expected: OfficeModel.Effects
    ) throws {
        played.note(.decrees)
        played.note(.clocksMoved, expected.moves.count)
        played.note(.firmEndsKept, expected.unanswered)
        let told = effects.clocks.map {
            OfficeModel.Effects.Move(id: $0.id, kind: $0.kind, from: $0.from, to: $0.to)
        }
        #expect(effects.moving == told.count && Set(told) == expected.moves, "\(model.now)")
        #expect(effects.running == expected.running, "\(model.now)")
        #expect(effects.unanswered == expected.unanswered, "\(model.now)")
        #expect(effects.awaitingYear == expected.awaitingYear, "\(model.now)")
        #expect(effects.knownLater == waits.filter { $0 > model.now.date })
        #expect(check.clocks == effects.clocks && check.running == effects.running)
        compareLater(effects)
        #expect(
            check.laterClocks == effects.laterClocks && check.movingLater == effects.movingLater)
        #expect(check.unanswered == effects.unanswered)
        #expect(check.awaitingYear == effects.awaitingYear)
    }

    /// What moves on days to come, told beforehand, beside what the model does if nothing else comes.
    private mutating func compareLater(_ effects: DecreeEffects) {
        var ahead = model
        var clocks: Set<[String]> = []
        for day in waits where day > model.now.date {
            ahead.now = CivilDateTime(day, .midnight)
            let moves = ahead.adopt().moves
            let told = effects.laterClocks.filter { $0.knownOn == day }.map {
                OfficeModel.Effects.Move(id: $0.id, kind: $0.kind, from: $0.from, to: $0.to)
            }
            #expect(told.count == moves.count && Set(told) == moves, "\(model.now) \(day)")
            clocks.formUnion(moves.map { ["\($0.id)", "\($0.kind)"] })
            played.note(.clocksToldBefore, told.count)
        }
        // A clock that moves on several days is one.
        #expect(effects.movingLater == clocks.count, "\(model.now)")
    }

    private mutating func decided(
        _ command: DecreeCommand
    ) -> Result<DecreeEffects, ApplicationFault>? {
        requests += 1
        let box = Desk.Box(Mutex<Result<DecreeEffects, ApplicationFault>?>(nil))
        engine.submit(command, request: Desk.id(requests), now: time, in: .en) { result in
            box.value.withLock { $0 = result }
        }
        store.commit()
        return box.value.withLock { $0 }
    }

    private mutating func restart() throws {
        played.note(.restarts)
        let last = try DecreeLedger.calendars(in: store).last
        #expect(last?.text ?? "" == lastText)
        // A file that no decree knows counts from the start that found it.
        if isByHand || last == nil { model.reckoned = model.now.date }
        (queue, engine) = Self.engines(store, model.library)
        try load()
    }

    /// Somebody has changed the folder: a year is gone from it, or an exchange of days is there.
    private mutating func restartWithAChangedFile() throws {
        var file = inForce
        if draft.publishes != nil, number(0...1) == 0 {
            file.lacksLastYear = true
        } else {
            file.moves.append(move())
        }
        let text = try file.text()
        guard text != lastText, let library = try CalendarDraft.library(text) else { return }
        if losesAYear(file) { played.note(.yearsLost) }
        (inForce, isByHand) = (file, true)
        model.take(library, file.moves)
        waits = library.calendars["kz"]!.book.knownDates
        try restart()
    }
}
