// SPDX-License-Identifier: Apache-2.0

public import CivilTime

extension CalendarBook {
    /// The act by which one of these days changed between two states of knowledge; nil if none of
    /// the acts that became known between them speaks of the days.
    ///
    /// A day that lost its holiday is an ordinary day again, whose own act says nothing of the
    /// change; this is the act that took the holiday away.
    public func act(
        changing days: [CivilDate], between one: CivilDate, and other: CivilDate
    ) -> Act? {
        let (from, to) = (min(one, other), max(one, other))
        func isNew(_ known: CivilDate) -> Bool { from < known && known <= to }
        for day in days {
            let (year, month, dayOfMonth) = day.components
            if let transfer = transfers.last(where: {
                isNew($0.known) && ($0.becomesWorking == day || $0.becomesRest == day)
            }) {
                return transfer.act
            }
            for holiday in holidays where (holiday.month, holiday.day) == (month, dayOfMonth) {
                let new = holiday.versions.filter { isNew($0.known) }
                if let version = new.max(by: { $0.known < $1.known }) { return version.act }
            }
            for holiday in movable where holiday.dates.contains(where: { $0.date == day }) {
                let new = holiday.dates.filter { isNew($0.known) && $0.date.year == year }
                if let dated = new.max(by: { $0.known < $1.known }) { return dated.act }
            }
        }
        return nil
    }
}
