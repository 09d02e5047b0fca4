// SPDX-License-Identifier: Apache-2.0

import KezekVisitFiles
import Parties
import Texts
import Visits

extension VisitDocument {
    /// What somebody should know where an IIN stands in a text of the file; nil where none does.
    ///
    /// Such texts are shown on sheets and maps, and lie in files that nobody seals.
    var warningOfNumbers: Phrase? {
        let fields = texts.filter { IIN.isWithin($0.text) }.map(\.field)
        guard let first = fields.first else { return nil }
        guard fields.count > 1 else {
            return "an IIN stands in \(first); it would be shown on sheets and maps, leave it out"
        }
        return
            "an IIN stands in \(first) and \(fields.count - 1) more; it would be shown on sheets "
            + "and maps, leave it out"
    }

    /// Everything that the file says in its own words.
    private var texts: [(field: String, text: String)] {
        let crews = shifts.compactMap { shift in
            shift.crew.map { (field: "crew of vehicle \(shift.id.number)", text: $0) }
        }
        let vehicles = notes.shifts.sorted { $0.key < $1.key }.map {
            (field: "description of vehicle \($0.key.number)", text: $0.value)
        }
        let jobs = notes.visits.sorted { $0.key < $1.key }.map {
            (field: "description of job \($0.key.number)", text: $0.value)
        }
        let skills = notes.skills.sorted { $0.key.number < $1.key.number }.map {
            (field: "skill_names.\($0.key.number)", text: $0.value)
        }
        let amounts = notes.amounts.enumerated().map {
            (field: "amount_names[\($0.offset)]", text: $0.element)
        }
        let name = [notes.name].compactMap { $0 }.map { (field: "name", text: $0) }
        return name + vehicles + crews + jobs + skills + amounts
    }
}
