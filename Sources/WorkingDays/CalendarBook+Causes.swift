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
        func latest<Entry>(_ entries: [Entry], _ known: (Entry) -> CivilDate) -> Entry? {
            entries.filter { from < known($0) && known($0) <= to }.max { known($0) < known($1) }
        }
        for day in days {
            let moving = transfers.filter { $0.becomesWorking == day || $0.becomesRest == day }
            if let transfer = latest(moving, \.known) { return transfer.act }
            let fixed = holidays.filter { ($0.month, $0.day) == (day.month, day.day) }
            if let version = latest(fixed.flatMap(\.versions), \.known) { return version.act }
            let reckoned = computed.filter { $0.day(of: day.year) == day }
            if let version = latest(reckoned.flatMap(\.versions), \.known) { return version.act }
            let occurrences = movable.flatMap(\.occurrences).filter { occurrence in
                occurrence.contains { $0.date == day }
            }
            if let dated = latest(occurrences.flatMap(\.self), \.known) { return dated.act }
            let begun = movable.filter { holiday in holiday.dates.contains { $0.date == day } }
            if let version = latest(begun.flatMap(\.versions), \.known) { return version.act }
        }
        for day in days {
            let closing = (local?.closed ?? []).filter { $0.days.contains(day) }
            if let entry = latest(closing, \.known) { return entry.act }
            let begun = weeks.flatMap(\.changes).filter { $0.from <= day }
            if let change = latest(begun, \.known) { return change.act }
        }
        return nil
    }
}
