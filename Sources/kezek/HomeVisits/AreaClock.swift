// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
public import CivilTime
import Foundation
import HomeVisits
import KezekFiles
import Texts

/// The clocks on the walls of an area or an office, and how what they show is written.
struct AreaClock: Wording {
    let zone: TimeZoneRules
    let language: Language

    /// The clock of a terminal that knows no zones.
    static let utc = TimeZoneRules(name: "UTC", firstOffset: .zero, transitions: [])!

    /// So many minutes on the way.
    func onTheWay(_ seconds: some BinaryInteger) -> String {
        let minutes = wholeMinutes(seconds)
        return pick("жолда \(minutes) мин", "\(minutes) мин в пути", "\(minutes) min on the way")
    }

    /// So many minutes of waiting.
    func ofWaiting(_ seconds: some BinaryInteger) -> String {
        let minutes = wholeMinutes(seconds)
        return pick("күту \(minutes) мин", "\(minutes) мин ожидания", "\(minutes) min of waiting")
    }

    /// What the clocks show then.
    func civil(_ second: Int64) -> CivilDateTime {
        guard let moment = Timestamp(second: second) else {
            return CivilDateTime(second < 0 ? .earliest : .latest, .midnight)
        }
        return zone.civil(at: moment)
    }

    /// The time without seconds, as `11:00`.
    func time(_ second: Int64) -> String { DaySeconds.clock(civil(second).time.second) }

    /// A date with its weekday, as `2026-12-01 Tu`.
    func day(_ date: CivilDate) -> String {
        "\(date) \(language.weekdayAbbreviation(date.weekday))"
    }

    /// One date, or from which to which, as `2026-12-01 Tu to 2026-12-02 We`.
    func days(_ dates: ClosedRange<CivilDate>) -> String {
        let (first, last) = (dates.lowerBound, dates.upperBound)
        return first == last
            ? day(first)
            : pick(
                "\(day(first)) – \(day(last))", "\(day(first)) – \(day(last))",
                "\(day(first)) to \(day(last))")
    }

    /// A date and a time, as `2026-12-01 Tu 11:00`.
    func moment(_ second: Int64) -> String { "\(day(civil(second).date)) \(time(second))" }

    /// From when to when, as `11:00–13:00`.
    func times(_ window: VisitWindow) -> String { "\(time(window.start))–\(time(window.end))" }

    /// The same with its date, as `2026-12-01 Tu 11:00–13:00`.
    func window(_ window: VisitWindow) -> String {
        "\(day(civil(window.start).date)) \(times(window))"
    }

    /// As the command line takes it, to the second.
    func argument(_ second: Int64) -> String { civil(second).description }

    /// With the offset from UTC (RFC 3339), as `2026-12-01T11:00:00+05:00`.
    func stamp(_ moment: Timestamp) -> String { stamp(moment.second) }

    /// The same, of a second since the epoch.
    func stamp(_ second: Int64) -> String {
        let civil = civil(second)
        let ahead = Timestamp(second: second).map { zone.offset(at: $0).seconds } ?? 0
        // Offsets are whole minutes.
        let offset = TimeOfDay(second: Int32(ahead.magnitude) / 60 * 60) ?? .midnight
        let seconds = civil.time.second % 60 == 0 ? ":00" : ""
        return "\(civil)\(seconds)\(ahead < 0 ? "-" : "+")\(offset)"
    }

    /// The second at which the clocks show a time, or at which the argument says that it is.
    func second(_ moment: MomentArgument) -> Int64? {
        switch moment {
        case .local(let civil): zone.timestamp(civil)?.second
        case .exact(let moment): moment.second
        }
    }
}

extension QueueDesk {
    /// The clocks of a zone, or if its name is empty of a standard's; those of UTC, and a note of it, if
    /// no zones are at hand here.
    func clock(zone name: String, or standard: String, _ data: DataOption) async throws -> AreaClock
    {
        let named = try await zone(named: name, or: standard)
        if let named, let zone = (try? data.folder())?.zone(named: named) {
            return AreaClock(zone: zone, language: language)
        }
        Terminal.note(
            "times are in UTC, as '\(named ?? standard)' is in no 'Calendars' here; "
                + "name the folder with --data or KEZEK_DATA")
        return AreaClock(zone: AreaClock.utc, language: language)
    }
}

extension DataFolder {
    /// The rules of a zone; nil if it is not among the folder's.
    func zone(named name: String) -> TimeZoneRules? {
        let calendars = root.appendingPathComponent("Calendars")
        return try? Self.calendars(in: calendars).zones.first { $0.name == name }
    }
}

/// Whole minutes of a span of seconds, rounded up.
func wholeMinutes(_ seconds: some BinaryInteger) -> Int {
    let seconds = Int(seconds)
    return seconds >= 0 ? (seconds + 59) / 60 : -(-seconds / 60)
}

/// A time on the area's clocks, such as `2026-12-01T11:00`, or one with its offset from UTC.
public enum MomentArgument: ExpressibleByArgument, Hashable, Sendable {
    case local(CivilDateTime)
    case exact(Timestamp)

    public init?(argument: String) {
        if let civil = CivilDateTime(argument) {
            self = .local(civil)
        } else if let moment = Timestamp(argument) {
            self = .exact(moment)
        } else if let offset = UTCOffset(String(argument.suffix(6))),
            let utc = Timestamp("\(argument.dropLast(6))Z"),
            let moment = Timestamp(second: utc.second - Int64(offset.seconds))
        {
            self = .exact(moment)
        } else {
            return nil
        }
    }
}
