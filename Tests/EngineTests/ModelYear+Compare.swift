// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import KezekEngine
import Parties
import TestKit
import Testing
import Texts

/// What the engine tells beside what the model does.
extension ModelYear {
    func compare(_ papers: ArraySlice<OfficeModel.Paper>) throws {
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

    func compareLists() throws {
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
