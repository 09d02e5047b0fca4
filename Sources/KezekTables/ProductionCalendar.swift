// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Texts

/// A year of a production calendar that somebody has published, day by day.
///
/// It is read from the XML of xmlcalendar.ru, or from what the year of isdayoff.ru's interface returns: a
/// digit for each day. Which of the two it is, its first character tells.
public struct ProductionCalendar: Hashable, Sendable {
    public enum Form: String, Hashable, Sendable {
        case xmlcalendar, isdayoff
    }

    public enum Day: String, Hashable, Sendable {
        case working
        /// A working day that is shorter than others.
        case shortened
        case rest
    }

    /// What is wrong with a file, and where.
    public struct Fault: Error, Hashable, Sendable {
        /// From 1.
        public let line: Int
        public let problem: Phrase
    }

    /// The most bytes of a file; a year has some ten thousand.
    public static let sizeLimit = 1 << 20

    public let form: Form
    public let year: Int
    /// The country that the file names, in lower case; nil if it names none.
    public let country: String?
    /// From 1 January on.
    public let days: [Day]

    init(form: Form, year: Int, country: String?, days: [Day]) {
        self.form = form
        self.year = year
        self.country = country
        self.days = days
    }

    /// Reads a file.
    ///
    /// `year` is asked for where the file does not tell its year, and has to be that of the file where it
    /// does.
    public init(reading bytes: some Sequence<UInt8>, year: Int?) throws(Fault) {
        var bytes = Array(bytes)
        guard bytes.count <= Self.sizeLimit else {
            throw Fault(line: 1, problem: "expected at most \(Self.sizeLimit) bytes")
        }
        if bytes.starts(with: CSVForm.mark) { bytes.removeFirst(CSVForm.mark.count) }
        switch bytes.first(where: { !$0.isXMLSpace }) {
        case UInt8(ascii: "<")?:
            try self.init(xml: bytes, year: year)
        case let byte? where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte):
            try self.init(digits: bytes, year: year)
        default:
            throw Fault(
                line: 1,
                problem:
                    "expected the XML of xmlcalendar.ru, or a digit for each day as isdayoff.ru has it"
            )
        }
    }

    /// The 1st of January of a year that there is.
    static func firstDay(of year: Int) -> CivilDate? { CivilDate(year: year, month: 1, day: 1) }

    static func length(of year: Int) -> Int { CivilDate.daysIn(month: 2, year: year) + 337 }

    // MARK: isdayoff.ru

    /// 0 is a working day, 1 a rest day, 2 a shortened working day, 4 one that works in an epidemic.
    private init(digits bytes: [UInt8], year: Int?) throws(Fault) {
        let text = String(decoding: bytes.filter { !$0.isXMLSpace }, as: UTF8.self)
        guard !["100", "101", "199"].contains(text) else {
            throw Fault(
                line: 1,
                problem: "expected a digit for each day; \(text) is an error of isdayoff.ru")
        }
        guard let year, Self.firstDay(of: year) != nil else {
            throw Fault(
                line: 1, problem: "expected --year, as a row of digits does not tell its year")
        }
        var line = 1
        var days: [Day] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") { line += 1 }
            if byte.isXMLSpace { continue }
            switch byte {
            case UInt8(ascii: "0"), UInt8(ascii: "4"): days.append(.working)
            case UInt8(ascii: "1"): days.append(.rest)
            case UInt8(ascii: "2"): days.append(.shortened)
            default:
                throw Fault(
                    line: line, problem: "expected the digits 0, 1, 2 and 4, one for each day")
            }
        }
        let length = Self.length(of: year)
        guard days.count == length else {
            throw Fault(
                line: line, problem: "expected \(length) digits for \(year), found \(days.count)")
        }
        self.init(form: .isdayoff, year: year, country: nil, days: days)
    }
}
