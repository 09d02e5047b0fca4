// SPDX-License-Identifier: Apache-2.0

import CivilTime
import ServiceStandards
import Texts
import WorkingDays

/// Questions about an office's hours.
extension Desk {
    /// An office in the state of knowledge that a question asks for.
    struct ChosenOffice {
        let standard: CompiledStandard
        let office: Office
        let clocks: CompiledStandard.OfficeClocks
        let view: CalendarViews.View
        let asKnownOn: CivilDate
    }

    func office(
        _ name: OfficeName, by calendar: String, _ asked: CivilDate?
    ) throws(Refusal) -> ChosenOffice {
        let standard = try standard(name.standard, by: calendar)
        guard let perView = standard.offices[name.office],
            let office = standard.standard.offices.first(where: { $0.id == name.office })
        else {
            throw refuse(
                .unknownOffice(
                    name.office, standard: name.standard, known: standard.offices.keys.sorted()))
        }
        let asKnownOn = try knowledge(asked, today: today(standard))
        let index = try self.calendar { () throws(CalendarError) in
            try standard.views.index(asKnownOn: asKnownOn)
        }
        return ChosenOffice(
            standard: standard, office: office, clocks: perView[index],
            view: standard.views.views[index], asKnownOn: asKnownOn)
    }

    /// What the value of a question about an office rests on, `ask` answering it by any hours.
    func basis<Value: Equatable>(
        _ chosen: ChosenOffice, over days: ClosedRange<CivilDate>, _ value: Value,
        _ ask: (CompiledStandard.OfficeClocks) -> Value?
    ) -> Basis {
        let views = chosen.standard.views
        let deciding = deciding(views, chosen.view, over: days, value) {
            CompiledStandard.OfficeClocks(chosen.office, $0, asKnownOn: chosen.view.from)
                .flatMap(ask)
        }
        return basis(views, chosen.view, chosen.asKnownOn, deciding)
    }

    public func workingTime(_ question: WorkingTimeQuestion) throws(Refusal) -> WorkingTimeAnswer {
        let chosen = try office(question.office, by: question.calendar, question.asKnownOn)
        let (from, to) = (question.from, question.to)
        func ask(_ clock: OfficeClock) throws(CalendarError) -> [Int64] {
            let days = try clock.calendar.count(from: from.date, to: to.date)
            return [Int64(days), try clock.seconds(from: from, to: to)]
        }
        let found = try calendar { () throws(CalendarError) in try ask(chosen.clocks.work) }
        let basis = basis(chosen, over: min(from, to).date...max(from, to).date, found) {
            try? ask($0.work)
        }
        return WorkingTimeAnswer(
            workingDays: Int(found[0]), workingSeconds: found[1], basis: basis)
    }

    public func officeHours(_ question: OfficeHoursQuestion) throws(Refusal) -> OfficeHoursAnswer {
        let chosen = try office(question.office, by: question.calendar, question.asKnownOn)
        let at = question.at ?? chosen.standard.zone.civil(at: now)
        let hours = try calendar { () throws(CalendarError) in try Hours(chosen.clocks, at) }
        let (work, reception) = try calendar { () throws(CalendarError) in
            (try chosen.clocks.work.day(at.date), try chosen.clocks.reception.day(at.date))
        }
        let told = told(work.ground) ?? told(reception.ground)
        let last = hours.next.compactMap { $0 }.max() ?? at
        return OfficeHoursAnswer(
            at: at, isWorking: hours.isWorking, isReceiving: hours.isReceiving,
            nextOpening: hours.next[0], nextClosing: hours.next[1], nextReception: hours.next[2],
            nextReceptionEnd: hours.next[3],
            unknown: hours.unpublished.map { refuse($0).message },
            basis: basis(chosen, over: at.date...last.date, hours) { try? Hours($0, at) },
            workHours: work.hours?.intervals ?? [],
            receptionHours: reception.hours?.intervals ?? [], ground: told?.text, act: told?.act)
    }

    /// What gives a day its hours, where it is neither the schedule of every such day nor the country's
    /// calendar.
    private func told(_ ground: HoursOfDay.Ground) -> (text: String, act: String?)? {
        if case .calendar(let status) = ground, status.closedBy == nil { return nil }
        return language.ground(ground)
    }
}

/// Whether an office is open at a moment, and what comes next.
private struct Hours: Equatable {
    let isWorking: Bool
    let isReceiving: Bool
    /// The next opening, closing, reception and end of a reception; nil where the day lies in a year
    /// that is not published.
    private(set) var next: [CivilDateTime?] = []
    /// Why one of them is not known.
    private(set) var unpublished: CalendarError?

    /// - Throws: `yearNotPublished` if the day itself lies in such a year.
    init(
        _ clocks: CompiledStandard.OfficeClocks, _ at: CivilDateTime
    ) throws(CalendarError) {
        isWorking = try clocks.work.isOpen(at: at)
        isReceiving = try clocks.reception.isOpen(at: at)
        _ = try clocks.work.calendar.isWorkingDay(at.date)
        for clock in [clocks.work, clocks.reception] {
            next.append(known { () throws(CalendarError) in try clock.nextOpening(after: at) })
            next.append(known { () throws(CalendarError) in try clock.nextClosing(after: at) })
        }
    }

    private mutating func known(
        _ ask: () throws(CalendarError) -> CivilDateTime
    ) -> CivilDateTime? {
        do { return try ask() } catch {
            unpublished = error
            return nil
        }
    }
}
