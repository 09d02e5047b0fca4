// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Enquiries
import Foundation
import KezekFiles
import Texts
import WorkingDays

struct BenchCalendar: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "Add and count working days on questions from a file.",
        discussion: """
            The file holds pairs of 32-bit little-endian numbers: a date in days since
            1970-01-01, and the number of working days to add to it, or with --count the
            second date. The answers go to a file in the same form, so that another
            program can compare its own.

            Example:
              kezek bench calendar add.bin --answers add.out --repeats 9
            """)

    @Argument(help: "The file of questions.", completion: .file())
    var questions: String

    @Option(help: "The file for the answers.", completion: .file())
    var answers: String

    @Flag(help: "Count from the first date to the second, instead of adding.")
    var count = false

    @Flag(help: "Add minutes of a provider's working time to midnight, instead of days.")
    var minutes = false

    @Option(
        help: ArgumentHelp(
            "With --minutes, the hours differ by weekday and season, and change so often.",
            valueName: "number"))
    var changes: Int?

    @Option(help: "How often to answer them all; the median is told.")
    var repeats = 9

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard (1...1_000).contains(repeats) else {
            throw Wrong.told("--repeats must be 1 to 1000.")
        }
        if let changes, !(0...HoursLimits.changes).contains(changes) {
            throw Wrong.told("--changes must be 0 to \(HoursLimits.changes).")
        }
        if count, minutes { throw Wrong.exclusive("--count", "--minutes") }
    }

    func run() async throws {
        let library = try DataFolder.located(nil).library()
        guard let views = library.calendars["kz"] else { throw CommandFailure("no calendar 'kz'") }
        let calendar = try views.book.compile(
            week: "five", asKnownOn: views.book.knownDates.last ?? .latest)
        let pairs = try numbers()
        var results = [Int32](repeating: 0, count: pairs.count / 2)
        var times: [Double] = []
        let clock = OfficeClock(calendar: calendar, hours: hours())
        for _ in 0..<repeats {
            let start = ContinuousClock.now
            if minutes {
                try addMinutes(pairs, clock, &results)
            } else if count {
                try countDays(pairs, calendar, &results)
            } else {
                try addDays(pairs, calendar, &results)
            }
            let took = (ContinuousClock.now - start).components
            times.append(Double(took.seconds) + Double(took.attoseconds) / 1e18)
        }
        try results.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: answers))
        let median = times.sorted()[times.count / 2]
        let nanoseconds = median / Double(results.count) * 1e9
        if json { return try JSONText.print(["nanosecondsPerOperation": nanoseconds]) }
        try Terminal.line(BenchWords.here.operation(String(format: "%.1f", nanoseconds)))
    }

    private func numbers() throws -> [Int32] {
        let data = try Data(contentsOf: URL(fileURLWithPath: questions))
        guard data.count % 8 == 0, !data.isEmpty else {
            throw CommandFailure("\(questions): expected pairs of 32-bit numbers")
        }
        return data.withUnsafeBytes { Array($0.bindMemory(to: Int32.self)) }
    }

    private func addDays(
        _ pairs: [Int32], _ calendar: WorkingCalendar, _ results: inout [Int32]
    ) throws {
        for index in results.indices {
            guard let date = CivilDate(dayNumber: pairs[2 * index]) else { continue }
            results[index] = try calendar.shift(date, by: Int(pairs[2 * index + 1])).dayNumber
        }
    }

    private func countDays(
        _ pairs: [Int32], _ calendar: WorkingCalendar, _ results: inout [Int32]
    ) throws {
        for index in results.indices {
            guard let from = CivilDate(dayNumber: pairs[2 * index]),
                let to = CivilDate(dayNumber: pairs[2 * index + 1])
            else { continue }
            results[index] = Int32(try calendar.count(from: from, to: to))
        }
    }

    /// The answer is the minute since 1970-01-01T00:00 at which the work is done.
    private func addMinutes(
        _ pairs: [Int32], _ clock: OfficeClock, _ results: inout [Int32]
    ) throws {
        for index in results.indices {
            guard let date = CivilDate(dayNumber: pairs[2 * index]) else { continue }
            let end = try clock.shift(
                CivilDateTime(date, .midnight), bySeconds: Int64(pairs[2 * index + 1]) * 60)
            results[index] = end.date.dayNumber * 1440 + end.time.second / 60
        }
    }

    /// A provider's hours, the same on every working day; or a table by weekday and season that changes.
    private func hours() -> HoursBook {
        func open(_ times: String...) -> OpeningHours {
            OpeningHours(times.map { DayInterval($0)! })!
        }
        let provider = open("09:00-13:00", "14:30-18:30")
        guard let changes else { return HoursBook(everyWorkingDay: provider) }
        let act = LocalizedText(kk: "–", ru: "–", en: "–")
        func schedule(_ number: Int) -> HoursBook.Schedule {
            let late = open(
                "09:00-13:00", "14:30-\(18 + number % 6):\(number % 2 == 0 ? "30" : "00")")
            let saturday = open("09:00-1\(2 + number % 4):00")
            let summer = open("08:00-1\(6 + number % 3):00")
            let weekdays = Weekday.allCases.prefix(5)
            let table = Dictionary(uniqueKeysWithValues: weekdays.map { ($0, late) })
            let short = Dictionary(uniqueKeysWithValues: weekdays.map { ($0, summer) })
            let (first, last) = (MonthDay("06-01")!, MonthDay("08-31")!)
            return HoursBook.Schedule(
                week: .weekdays(table.merging([.saturday: saturday]) { $1 }),
                seasons: [HoursBook.Season(first: first, last: last, week: .weekdays(short))])
        }
        return HoursBook(
            base: schedule(0),
            changes: (0..<changes).compactMap { number in
                guard let from = CivilDate("2016-02-01")?.adding(days: 75 * number) else {
                    return nil
                }
                return HoursBook.Change(
                    from: from, known: .earliest, schedule: schedule(number + 1), act: act)
            })
    }
}
