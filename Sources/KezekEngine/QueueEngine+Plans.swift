// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue
import Texts
import WorkingDays

/// Plans of an office's days, and why there is none.
extension QueueEngine {
    /// A date's plan by a planner.
    func plan(
        _ date: CivilDate, _ planner: Planner?, _ office: OfficeID
    ) throws(CommandFault) -> DayPlan {
        guard let planner else { throw .noTerms(office) }
        do throws(CalendarError) { return try planner.plan(date) } catch {
            switch error {
            case .yearNotPublished(let year, let calendar, _):
                throw .yearNotPublished(year: year, calendar: calendar)
            case .unknownWeek: throw .noTerms(office)
            }
        }
    }

    /// A date's new plan, in which everything keeps its place that something on the day refers to.
    func plan(
        _ date: CivilDate, _ planner: Planner, keepingPlacesOf day: OfficeDay, _ office: OfficeID
    ) throws(CommandFault) -> DayPlan {
        let plan = try plan(date, planner, office)
        do throws(NamesFault) { return try day.fitting(plan) } catch {
            throw .badOffice(error.fault(on: date))
        }
    }
}

extension NamesFault {
    /// What an administrator is told who renames more than a day can take.
    fileprivate func fault(on date: CivilDate) -> OfficeFault {
        let names = needed.joined(separator: ", ")
        return OfficeFault(
            field,
            LocalizedText(
                kk:
                    "\(date) күні \(limit) атаудан артық болар еді: сол күннің броньдары, талондары "
                    + "немесе ашық терезелері үшін мыналар керек: \(names). Оларды қалдырыңыз немесе "
                    + "сол күннен кейін өзгертіңіз.",
                ru: "на \(date) названий стало бы больше \(limit): брони, талоны или открытые окна "
                    + "этого дня ещё держат: \(names). Оставьте их или измените после этого дня.",
                en: "on \(date) there would be more than \(limit) names: bookings, tickets or open "
                    + "windows of that day still need \(names). Keep these, or change them after "
                    + "that day."))
    }
}
