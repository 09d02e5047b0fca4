// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Visits

/// Which crews could come to a visit, whatever they are doing.
///
/// A plan of what is left of a day has no shift of a crew that is busy beyond its hours, and none on which its
/// lunch has no room; such a crew is on its shift all the same, and has no time.
extension VisitBook {
    /// The first hurdle that no crew takes for a visit in a window; nil if one is on its shift then, may come and
    /// has what the visit needs.
    func hurdle(
        _ task: VisitTask, in window: TimeWindow, _ terms: AreaTerms
    ) -> RefusedWindow.Reason? {
        let hurdles = area.crews.map { hurdle(of: $0, task, in: window, terms) }
        guard !hurdles.contains(nil) else { return nil }
        let order: [RefusedWindow.Reason] = [.need, .avoided]
        return order.first { hurdles.contains($0) } ?? .noShift
    }

    /// The first hurdle that a crew does not take.
    func hurdle(
        of crew: VisitArea.Crew, _ task: VisitTask, in window: TimeWindow, _ terms: AreaTerms
    ) -> RefusedWindow.Reason? {
        let date = terms.date(window.start)
        guard isWorking(crew, date, terms),
            hours(of: crew, date, terms)?.intersection(window) != nil
        else { return .noShift }
        if task.avoided.contains(crew.id) { return .avoided }
        return task.needs.allSatisfy(crew.needs.contains) ? nil : .need
    }

    /// Whether a crew has a shift on a date and is not absent.
    func isWorking(_ crew: VisitArea.Crew, _ date: CivilDate, _ terms: AreaTerms) -> Bool {
        guard let index = index(of: crew.id), hours(of: crew, date, terms) != nil else {
            return false
        }
        return !self[PlanNumbers.shift(date, crew: index)].isAbsent
    }

    /// Why a window cannot be promised, as whoever asks is told.
    func refused(
        _ refusal: OfferRefusal, _ task: VisitTask, _ terms: AreaTerms
    ) -> RefusedWindow {
        var (reason, missing) = RefusedWindow.Reason.of(refusal.reason)
        if [.noShift, .avoided, .need].contains(reason) {
            let ends = refusal.window.start + task.service + task.setup
            reason =
                hurdle(task, in: refusal.window, terms) ?? (ends > task.due ? .pastDue : .noSlack)
        }
        return RefusedWindow(
            window: VisitWindow(refusal.window), reason: reason, missing: Int32(clamping: missing))
    }
}
