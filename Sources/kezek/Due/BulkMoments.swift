// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Enquiries
import KezekTables
import Texts

/// Takes moments of rows to the wall clocks of their standards, and back.
struct BulkMoments {
    private var zones: StandardZones

    init(source: AnswerSource, options: SourceOptions) {
        zones = StandardZones(source: source, options: options)
    }

    /// What is wrong with a value of a row.
    struct Problem: Error { let problem: LocalizedText }

    /// A moment of a column as the wall clock of a standard's zone shows it.
    mutating func moment(
        _ written: WrittenMoment, of standard: String, in column: String
    ) async throws(Problem) -> (date: CivilDate, time: TimeOfDay?) {
        guard let offset = written.offset, let time = written.time else {
            return (written.date, written.time)
        }
        guard let zone = await zones.zone(of: standard) else {
            // Of a standard that there is not, its own refusal tells more.
            guard await zones.knows(standard) else { return (written.date, time) }
            throw Problem(problem: Self.noZone(column))
        }
        let second =
            Int64(written.date.dayNumber) * 86_400 + Int64(time.second) - Int64(offset.seconds)
        guard let moment = Timestamp(second: second).map(zone.civil(at:)) else {
            throw Problem(problem: Self.outOfRange(column))
        }
        return (moment.date, moment.time)
    }

    /// The same, of a column whose rows need a time of day, or take one for a date alone.
    mutating func exact(
        _ written: WrittenMoment, of standard: String, in column: String,
        alone: TimeOfDay? = nil
    ) async throws(Problem) -> CivilDateTime {
        let moment = try await moment(written, of: standard, in: column)
        guard let time = moment.time ?? alone else {
            throw Problem(problem: Self.noTime(column, moment.date))
        }
        return CivilDateTime(moment.date, time)
    }

    /// When the term of a row stood still.
    mutating func suspensions(
        _ row: BulkRow, of standard: String
    ) async throws(Problem) -> Suspensions {
        var found: [Suspension] = []
        for written in row.suspensions {
            let from = try await exact(written.from, of: standard, in: "suspend")
            var until: CivilDateTime?
            if let end = written.until {
                until = try await exact(end, of: standard, in: "suspend")
            }
            guard let suspension = Suspension(from: from, until: until) else {
                throw Problem(problem: Self.reversed(from))
            }
            found.append(suspension)
        }
        return Suspensions(merging: found)
    }

    /// A moment in the form in which a row has its own.
    mutating func text(_ moment: CivilDateTime, _ row: BulkRow, of standard: String) async -> String
    {
        let form = row.accepted.form
        let zone = form.hasOffset ? await zones.zone(of: standard) : nil
        return form.text(moment, offset: zone.flatMap { $0.timestamp(moment).map($0.offset(at:)) })
    }

    /// The rules of a standard's zone; nil if they are not known here.
    mutating func zone(of standard: String) async -> TimeZoneRules? {
        await zones.zone(of: standard)
    }
}

extension BulkMoments {
    static func outOfRange(_ column: String) -> LocalizedText {
        LocalizedText(
            kk: "\(column): 1 жылдан 9999 жылға дейінгі аралықтан тыс",
            ru: "\(column): вне лет с 1 по 9999", en: "\(column): outside the years 1 to 9999")
    }

    private static func noZone(_ column: String) -> LocalizedText {
        LocalizedText(
            kk: "\(column): ауытқуды түсінуге стандарт белдеуінің ережелері керек; --data арқылы "
                + "деректер қалтасын көрсетіңіз немесе ауытқусыз жергілікті уақытты жазыңыз",
            ru: "\(column): чтобы понять смещение, нужны правила пояса стандарта; укажите папку "
                + "данных в --data или запишите местное время без смещения",
            en: "\(column): an offset can be read only with the rules of the standard's zone; name "
                + "the data folder with --data, or write local time without an offset")
    }

    private static func noTime(_ column: String, _ date: CivilDate) -> LocalizedText {
        LocalizedText(
            kk: "\(column): уақыт та керек: \(date)T16:05",
            ru: "\(column): нужно и время: \(date)T16:05",
            en: "\(column): the time is needed too, as \(date)T16:05")
    }

    private static func reversed(_ from: CivilDateTime) -> LocalizedText {
        LocalizedText(
            kk: "suspend: \(from): соңы басынан кеш болуы керек",
            ru: "suspend: \(from): конец должен быть позже начала",
            en: "suspend: \(from): the end has to be later than the beginning")
    }
}
