// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Texts
import Yams

/// A value in a YAML file together with its place, read as what the schema expects there.
///
/// Each reading method throws a ``FileFault`` that names the file, the line, the field and what was
/// expected.
struct Field {
    let file: String
    let path: String
    let node: Node

    func fault(_ problem: Phrase) -> FileFault {
        FileFault(file: file, line: node.mark?.line, field: path, problem: problem)
    }

    /// The path and line by which a fault of another field names this one.
    var place: String { node.mark.map { "\(path) (line \($0.line))" } ?? path }

    private func expected(_ what: Phrase) -> FileFault {
        let found: Phrase =
            switch node {
            case .scalar(let scalar): "'\(scalar.string.prefix(60))'"
            case .mapping: "a map"
            case .sequence: "a list"
            case .alias: "an alias"
            }
        return fault("expected \(what), found \(found)")
    }

    /// A text that is not empty, on one line.
    func text(_ what: Phrase = "a text") throws(FileFault) -> String {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else { throw expected(what) }
        guard scalar.string.isOnOneLine else {
            throw fault("expected \(what) without line breaks or control characters")
        }
        return scalar.string
    }

    /// Words for whoever reads the file, over as many lines as they like.
    func note() throws(FileFault) {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            throw expected("a text")
        }
    }

    /// A value of which the text is the whole description.
    func value<T: LosslessStringConvertible>(_ what: Phrase) throws(FileFault) -> T {
        guard let value = T(try text(what)) else { throw expected(what) }
        return value
    }

    func date() throws(FileFault) -> CivilDate { try value("a date as YYYY-MM-DD") }

    func bool() throws(FileFault) -> Bool { try value("true or false") }

    func number(_ range: ClosedRange<Int>) throws(FileFault) -> Int {
        let what: Phrase = "a number from \(range.lowerBound) to \(range.upperBound)"
        let number: Int = try value(what)
        guard range.contains(number) else { throw expected(what) }
        return number
    }

    /// One of these words.
    func word<T>(_ words: KeyValuePairs<String, T>) throws(FileFault) -> T {
        let what: Phrase = "one of \(words.map(\.key).joined(separator: ", "))"
        let text = try text(what)
        guard let found = words.first(where: { $0.key == text }) else { throw expected(what) }
        return found.value
    }

    /// One of the words of an enumeration.
    func word<T: CaseIterable & RawRepresentable<String>>(
        _ type: T.Type
    ) throws(FileFault) -> T {
        let what: Phrase = "one of \(T.allCases.map(\.rawValue).joined(separator: ", "))"
        guard let found = T(rawValue: try text(what)) else { throw expected(what) }
        return found
    }

    /// A short name of lower-case letters, digits and hyphens.
    func name() throws(FileFault) -> String {
        let what: Phrase = "a name of lower-case letters, digits and hyphens"
        let text = try text(what)
        guard text.utf8.count <= 64,
            text.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 })
        else { throw expected(what) }
        return text
    }

    /// The same text in all three languages.
    func localized() throws(FileFault) -> LocalizedText {
        var fields = try fields()
        let text = LocalizedText(
            kk: try fields.required("kk").text(), ru: try fields.required("ru").text(),
            en: try fields.required("en").text())
        try fields.finish()
        return text
    }

    /// The items of a list.
    func items() throws(FileFault) -> [Field] {
        guard case .sequence(let sequence) = node else { throw expected("a list") }
        return sequence.enumerated().map { index, node in
            Field(file: file, path: "\(path)[\(index)]", node: node)
        }
    }

    /// The entries of a map, in the file's order.
    func entries() throws(FileFault) -> [(key: String, value: Field)] {
        guard case .mapping(let mapping) = node else { throw expected("a map") }
        var entries: [(String, Field)] = []
        var keys: Set<String> = []
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                throw Field(file: file, path: path, node: key).expected("a plain key")
            }
            // The same word is another key to YAML in quotes, or as a number.
            guard keys.insert(scalar.string).inserted else {
                throw Field(file: file, path: path, node: key).fault(
                    "has the key '\(scalar.string)' twice; expected each once")
            }
            let inner = path.isEmpty ? scalar.string : "\(path).\(scalar.string)"
            entries.append((scalar.string, Field(file: file, path: inner, node: value)))
        }
        return entries
    }

    /// The field of a map, or the map itself if it has none of this name.
    func member(_ name: String) -> Field {
        let entries = try? entries()
        return entries?.first { $0.key == name }?.value ?? self
    }

    /// The field of this path below this one, or what of the path is there.
    func descendant(_ path: String) -> Field {
        let entries = try? entries()
        let next = entries?.first {
            $0.value.path == path || path.hasPrefix($0.value.path + ".")
        }
        return next?.value.descendant(path) ?? self
    }

    /// The map whose fields the schema names.
    func fields() throws(FileFault) -> Fields {
        Fields(of: self, entries: try entries())
    }
}

/// The fields of a map.
///
/// Each is taken once; what is left over at the end is a fault.
struct Fields {
    private let parent: Field
    private var left: [(key: String, value: Field)]
    /// The keys that the schema has asked for.
    private var known: [String] = []

    init(of parent: Field, entries: [(key: String, value: Field)]) {
        self.parent = parent
        left = entries
    }

    mutating func optional(_ name: String) -> Field? {
        known.append(name)
        guard let index = left.firstIndex(where: { $0.key == name }) else { return nil }
        return left.remove(at: index).value
    }

    mutating func required(_ name: String) throws(FileFault) -> Field {
        guard let field = optional(name) else {
            // A misspelt key is more likely than one that is left out.
            let misspelt = left.first { Spelling.nearest(to: $0.key, among: [name]) != nil }
            if let misspelt { throw misspelt.value.unknownKey(misspelt.key, known) }
            throw parent.fault("the field '\(name)' is missing")
        }
        return field
    }

    /// - Throws: if the map has a field that nobody asked for: a misspelt name must not go unseen.
    func finish() throws(FileFault) {
        guard let unknown = left.first else { return }
        throw unknown.value.unknownKey(unknown.key, known)
    }
}

extension Field {
    fileprivate func unknownKey(_ key: String, _ known: [String]) -> FileFault {
        guard let meant = Spelling.nearest(to: key, among: known) else {
            let list = known.joined(separator: ", ")
            return fault("unknown key '\(key)'; check its spelling, there are: \(list)")
        }
        return fault("unknown key '\(key)'; check its spelling: did you mean '\(meant)'?")
    }
}

/// Runs every step, and gathers the faults of those that fail.
final class FaultCollector {
    private(set) var faults: [FileFault] = []

    func attempt<T>(_ step: () throws(FileFault) -> T) -> T? {
        do { return try step() } catch {
            faults.append(error)
            return nil
        }
    }

    /// Reads each item of a list or map; the good ones are returned.
    func each<S, T>(
        _ items: [S], _ read: (S) throws(FileFault) -> T
    ) -> [T] {
        items.compactMap { item in attempt { () throws(FileFault) in try read(item) } }
    }

    func add(_ fault: FileFault) { faults.append(fault) }

    func finish() throws(FileFaults) {
        if !faults.isEmpty { throw FileFaults(list: faults) }
    }
}
