// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Texts
import WorkingDays

extension CalendarFile {
    /// The years in which a holiday is observed, each version with the act that says so.
    static func versions(_ field: Field, _ acts: Acts) throws(FileFault) -> [Observance] {
        var versions: [Observance] = []
        for item in try field.items() {
            var inner = try item.fields()
            let knownField = try inner.required("known")
            let known = try knownField.date()
            let years = try yearRange(inner.required("years"))
            let act = try acts.act(inner.required("act"))
            try inner.optional("note")?.note()
            try inner.finish()
            guard !versions.contains(where: { $0.known == known }) else {
                throw knownField.fault(
                    "expected a day of its own: two versions known from \(known) on contradict")
            }
            versions.append(
                Observance(
                    known: known, firstYear: years.first, lastYear: years.last, act: act))
        }
        return versions
    }

    /// A movable holiday whose day follows from Easter.
    static func computedHoliday(_ field: Field, _ acts: Acts) throws(FileFault) -> ComputedHoliday {
        var fields = try field.fields()
        let holiday = ComputedHoliday(
            id: try fields.required("id").name(), name: try fields.required("name").localized(),
            substituted: try fields.required("substituted").bool(),
            rule: .init(
                easter: try fields.required("easter").word(ComputedHoliday.Rule.Easter.self),
                offset: try fields.optional("offset")?.number(-70...70) ?? 0),
            versions: try versions(fields.required("versions"), acts))
        try fields.finish()
        return holiday
    }
}

extension Field {
    /// Whether the map has an entry of this name.
    func has(_ name: String) -> Bool { (try? entries())?.contains { $0.key == name } ?? false }
}
