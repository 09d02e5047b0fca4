// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import Deadlines
public import ServiceStandards
public import Texts
import WorkingDays

/// The calendars and standards in force, of which questions are answered.
///
/// A library is immutable: the same question with the same `now` always gets the same answer.
public struct Library: Sendable {
    public let calendars: [String: CalendarViews]
    public let standards: [String: ServiceStandard]
    public let zones: [TimeZoneRules]
    let compiled: [String: CompiledStandard]
    /// The standards by each calendar that extends theirs, under its name.
    private let extended: [String: [String: CompiledStandard]]

    /// A reference that leads nowhere: what a standard names and the library lacks.
    public struct DanglingReference: Error, Hashable, Sendable {
        public let standard: String
        public let field: String
        public let expected: Phrase
    }

    /// - Throws: a reference of a standard to a calendar, week, zone or office that is not there.
    public init(
        calendars: [CalendarViews], standards: [ServiceStandard], zones: [TimeZoneRules]
    ) throws(DanglingReference) {
        self.calendars = Dictionary(
            uniqueKeysWithValues: calendars.map { views in
                let country = views.book.local?.extends ?? views.book.id
                let hours = standards.filter { $0.calendar == country }.flatMap { standard in
                    standard.offices.flatMap { [$0.work.open, $0.reception.open] }
                }
                let known = hours.flatMap(\.knownDates)
                return (views.book.id, known.isEmpty ? views : views.divided(at: known))
            })
        self.standards = Dictionary(uniqueKeysWithValues: standards.map { ($0.id, $0) })
        self.zones = zones
        var compiled: [String: CompiledStandard] = [:]
        for standard in standards {
            guard let views = self.calendars[standard.calendar] else {
                throw DanglingReference(
                    standard: standard.id, field: "calendar",
                    expected: "one of \(self.calendars.keys.sorted().joined(separator: ", "))")
            }
            guard let zone = zones.first(where: { $0.name == standard.zone }) else {
                throw DanglingReference(
                    standard: standard.id, field: "zone",
                    expected: "one of \(zones.map(\.name).sorted().joined(separator: ", "))")
            }
            compiled[standard.id] = try CompiledStandard(standard, views: views, zone: zone)
        }
        self.compiled = compiled
        var extended: [String: [String: CompiledStandard]] = [:]
        for (id, views) in self.calendars {
            guard let country = views.book.local?.extends else { continue }
            for standard in standards where standard.calendar == country {
                let zone = compiled[standard.id]!.zone
                extended[id, default: [:]][standard.id] = try CompiledStandard(
                    standard, views: views, zone: zone)
            }
        }
        self.extended = extended
    }

    private init(_ library: Library, compiled: [String: CompiledStandard]) {
        calendars = library.calendars
        standards = library.standards
        zones = library.zones
        extended = library.extended
        self.compiled = compiled
    }

    /// The library for an office that works by a calendar of its own: its standards go by that one, of
    /// those whose calendar it extends.
    ///
    /// The same library for an empty name, and for one that extends nothing.
    public func working(by calendar: String) -> Library {
        guard !calendar.isEmpty, let own = extended[calendar] else { return self }
        return Library(self, compiled: compiled.merging(own) { $1 })
    }

    /// The calendars by which an office of a standard may work: the standard's, and those that extend it.
    public func calendars(of standard: ServiceStandard) -> [String] {
        calendars.values.filter {
            $0.book.id == standard.calendar || $0.book.local?.extends == standard.calendar
        }.map(\.book.id).sorted()
    }

    /// What answers questions, every text in `language`, a refusal's message included.
    ///
    /// `now` is the present, for questions that leave a moment or "as known on" open.
    public func desk(in language: Language, now: Timestamp) -> Desk {
        Desk(library: self, language: language, now: now)
    }
}

/// Everything that can be asked of calendars and standards, by the names of the calls.
///
/// None of it changes anything, so asking again is always safe. Each throws a `Refusal` with its reason, and
/// the field that is wrong if it is one.
public struct Desk: Sendable {
    let library: Library
    let language: Language
    let now: Timestamp
}

extension Library {
    /// The rules of a time zone by its IANA name; nil if it is not among the data.
    public func zone(_ name: String) -> TimeZoneRules? { zones.first { $0.name == name } }

    /// The version of each calendar as known today, by its book; empty where no year of it is known
    /// yet.
    public func calendarVersions(now: Timestamp) -> [(id: String, version: String)] {
        calendars.keys.sorted().map { id in
            let views = calendars[id]
            let view = try? views?.view(asKnownOn: views?.today(now) ?? .latest)
            return (id, view?.version ?? "")
        }
    }

    /// The last day of each calendar that covers no more than so many days after today.
    public func calendarsEnding(within days: Int, now: Timestamp) -> [String: CivilDate] {
        var found: [String: CivilDate] = [:]
        for (id, last) in calendarCoverage(now: now) {
            guard let last, let views = calendars[id] else { continue }
            if views.today(now).days(until: last) <= days { found[id] = last }
        }
        return found
    }

    /// When the last day that a calendar covers is over where it is in force; nil if it covers none.
    public func calendarEnd(_ id: String, now: Timestamp) -> Timestamp? {
        let last = calendarCoverage(now: now).first { $0.id == id }?.last
        return last.flatMap { calendars[id]?.end(of: $0) }
    }

    /// Each calendar with the last day that it covers; nil if it has none.
    ///
    /// Of several weeks the one that ends first counts.
    public func calendarCoverage(now: Timestamp) -> [(id: String, last: CivilDate?)] {
        calendars.sorted { $0.key < $1.key }.map { id, views in
            let weeks = (try? views.view(asKnownOn: views.today(now)))?.weeks ?? []
            return (id, weeks.map(\.covered.upperBound).min())
        }
    }
}
