// SPDX-License-Identifier: Apache-2.0

/// A page in Prometheus' text format 0.0.4, read as strictly as the format allows.
///
/// It shares nothing with what writes such pages.
struct Exposition {
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    struct Family {
        let kind: String
        var samples: [(name: String, labels: [String: String], value: Double)] = []
    }

    private(set) var families: [String: Family] = [:]

    init(_ text: String) throws(Fault) {
        guard text.hasSuffix("\n") else { throw Fault(description: "the last line has no end") }
        var name: String?
        var helped: String?
        for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("# HELP ") {
                let parts = line.dropFirst(7).split(separator: " ", maxSplits: 1)
                guard parts.count == 2, Self.isName(parts[0]), families[String(parts[0])] == nil,
                    Self.unescaped(parts[1], quotes: false) != nil
                else { throw Fault(description: "bad help: \(line)") }
                helped = String(parts[0])
            } else if line.hasPrefix("# TYPE ") {
                let parts = line.dropFirst(7).split(separator: " ")
                guard parts.count == 2, String(parts[0]) == helped,
                    ["counter", "gauge", "histogram"].contains(String(parts[1]))
                else { throw Fault(description: "bad type: \(line)") }
                name = helped
                families[String(parts[0])] = Family(kind: String(parts[1]))
            } else {
                guard let name, let sample = Self.sample(line) else {
                    throw Fault(description: "bad line: \(line)")
                }
                let suffixes =
                    families[name]?.kind == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
                guard suffixes.contains(where: { name + $0 == sample.name }) else {
                    throw Fault(description: "a stranger below \(name): \(line)")
                }
                families[name]?.samples.append(sample)
            }
        }
        for (name, family) in families { try Self.check(name, family) }
    }

    /// The number of this name with these labels.
    func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        families.values.lazy.flatMap(\.samples).first { $0.name == name && $0.labels == labels }?
            .value
    }

    private static func sample(
        _ line: Substring
    ) -> (name: String, labels: [String: String], value: Double)? {
        let end = line.firstIndex { $0 == "{" || $0 == " " } ?? line.endIndex
        var rest = line[end...]
        var labels: [String: String] = [:]
        if rest.hasPrefix("{") {
            rest = rest.dropFirst()
            while !rest.hasPrefix("}") {
                guard let equals = rest.firstIndex(of: "="), isName(rest[..<equals]) else {
                    return nil
                }
                let label = String(rest[..<equals])
                rest = rest[equals...].dropFirst()
                guard rest.hasPrefix("\""), let (value, after) = quoted(rest.dropFirst()),
                    labels.updateValue(value, forKey: label) == nil
                else { return nil }
                rest = after
                if rest.hasPrefix(",") { rest = rest.dropFirst() }
            }
            rest = rest.dropFirst()
        }
        guard isName(line[..<end]), rest.hasPrefix(" ") else { return nil }
        let number = rest.dropFirst()
        guard number.wholeMatch(of: /[+-]?(Inf|[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?)|NaN/) != nil,
            let value = Double(number.replacing("Inf", with: "inf"))
        else { return nil }
        return (String(line[..<end]), labels, value)
    }

    /// The value up to its closing quote, and what follows.
    private static func quoted(_ text: Substring) -> (String, Substring)? {
        var place = text.startIndex
        while place < text.endIndex, text[place] != "\"" {
            if text[place] == "\\" { text.formIndex(after: &place) }
            guard place < text.endIndex else { return nil }
            text.formIndex(after: &place)
        }
        guard place < text.endIndex, let value = unescaped(text[..<place], quotes: true) else {
            return nil
        }
        return (value, text[text.index(after: place)...])
    }

    private static func unescaped(_ text: Substring, quotes: Bool) -> String? {
        var plain = ""
        var letters = text.makeIterator()
        while let letter = letters.next() {
            guard letter == "\\" else {
                plain.append(letter)
                continue
            }
            switch letters.next() {
            case "\\": plain.append("\\")
            case "n": plain.append("\n")
            case "\"" where quotes: plain.append("\"")
            default: return nil
            }
        }
        return plain
    }

    private static func isName(_ text: Substring) -> Bool {
        text.wholeMatch(of: /[a-z_][a-z0-9_]*/) != nil
    }

    /// What holds within a family.
    private static func check(_ name: String, _ family: Family) throws(Fault) {
        guard !family.samples.isEmpty else { throw Fault(description: "\(name) has no numbers") }
        guard (family.kind == "counter") == name.hasSuffix("_total") else {
            throw Fault(description: "\(name) is a \(family.kind)")
        }
        var seen: Set<[String]> = []
        for sample in family.samples {
            let key = [sample.name] + sample.labels.sorted { $0.key < $1.key }.flatMap { [$0, $1] }
            guard seen.insert(key).inserted else { throw Fault(description: "twice: \(key)") }
        }
        guard family.kind == "histogram" else { return }
        var buckets: [[String: String]: [(Double, Double)]] = [:]
        for sample in family.samples where sample.name.hasSuffix("_bucket") {
            var labels = sample.labels
            guard let bound = labels.removeValue(forKey: "le"),
                let number = Double(bound.replacing("Inf", with: "inf"))
            else { throw Fault(description: "\(name) has a bucket without a bound") }
            buckets[labels, default: []].append((number, sample.value))
        }
        for (labels, list) in buckets {
            let isRising = zip(list, list.dropFirst()).allSatisfy { $0.0 < $1.0 && $0.1 <= $1.1 }
            let count = family.samples.first {
                $0.name.hasSuffix("_count") && $0.labels == labels
            }?.value
            let sum = family.samples.first { $0.name.hasSuffix("_sum") && $0.labels == labels }
            guard isRising, list.last?.0 == .infinity, list.last?.1 == count, sum != nil else {
                throw Fault(description: "\(name)\(labels) is no histogram")
            }
        }
    }
}
