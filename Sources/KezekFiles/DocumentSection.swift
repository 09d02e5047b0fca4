// SPDX-License-Identifier: Apache-2.0

import ServiceStandards
import Texts

/// Reads the documents of a standard.
enum DocumentSection {
    /// The documents, of these groups; nil for groups of which one is told to be wrong.
    static func documents(
        _ field: Field?, groups: [String]?, _ collector: FaultCollector
    ) throws(FileFault) -> [Document] {
        var names: Set<String> = []
        return collector.each(try field?.items() ?? []) { (field) throws(FileFault) in
            let document = try document(field, groups: groups)
            for name in [document.id] + document.formerly {
                guard names.insert(name).inserted else {
                    throw field.fault("expected a name of its own, now and formerly: '\(name)'")
                }
            }
            return document
        }
    }

    private static func document(
        _ field: Field, groups: [String]?
    ) throws(FileFault) -> Document {
        var fields = try field.fields()
        let id = try fields.required("id").name()
        var formerly: [String] = []
        for name in try fields.optional("formerly")?.items() ?? [] {
            formerly.append(try name.name())
        }
        let rule = try fields.required("rule").rule()
        let title = try fields.required("title").localized()
        let form = try fields.required("shown").word(Document.Form.self)
        let givenBack = try fields.required("given-back").bool()
        let required = try fields.required("required").word(Document.Condition.self)
        let only = try fields.optional("only").map {
            (field) throws(FileFault) in try names(field, groups)
        }
        let exceptField = fields.optional("except")
        let except = try exceptField.map {
            (field) throws(FileFault) in try names(field, groups)
        }
        if only != nil, let exceptField {
            throw exceptField.fault("expected either 'only' or 'except', not both")
        }
        try fields.finish()
        return Document(
            id: id, formerly: formerly, rule: rule, title: title, form: form,
            givenBack: givenBack, required: required,
            groups: only ?? Set(groups ?? []).subtracting(except ?? []))
    }

    private static func names(
        _ field: Field, _ groups: [String]?
    ) throws(FileFault) -> Set<String> {
        var names: Set<String> = []
        for item in try field.items() {
            let name = try item.name()
            if let groups, !groups.contains(name) {
                throw item.fault("expected one of \(groups.joined(separator: ", "))")
            }
            names.insert(name)
        }
        return names
    }
}
