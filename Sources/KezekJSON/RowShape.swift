// SPDX-License-Identifier: Apache-2.0

import CivilTime

/// Fields of a message that JSON writes together: columns as a list of rows, or parts of a name as one text.
public struct RowShape: Sendable {
    /// What a cell is made of.
    enum Kind: String, Sendable {
        /// The value of one column.
        case column
        /// Texts with slashes between; none where the number at the end is 0.
        case name
        /// A day and a time.
        case moment
        /// Two times as an object; none where both are 0.
        case hours
        /// Whether the row's number is among the values.
        case at
        /// A day, and as many more as the row's number.
        case since
        /// The row's number, from 1.
        case count
    }

    /// A field, and the list that it is an index into.
    struct Part: Sendable {
        let field: String
        let list: String?
    }

    struct Cell: Sendable {
        let key: String
        let kind: Kind
        let parts: [Part]
    }

    /// The list's key; empty if the whole message is that list, or if it is none.
    public let key: String
    /// Rows with these cells; otherwise its only cell stands by itself.
    let isList: Bool
    let cells: [Cell]

    /// A line of the table: `rows stops kind=column:stop visit=name:area,visit`.
    init(_ words: [String]) {
        isList = words[0] == "rows"
        key = isList && words[1] != "-" ? words[1] : ""
        cells = words.dropFirst(isList ? 2 : 1).map { word in
            let (key, rest) = word.cut("=")
            let (kind, parts) = rest.cut(":")
            return Cell(
                key: key,
                // The generator knows the same kinds.
                kind: Kind(rawValue: kind)!,
                parts: parts.split(separator: ",").map {
                    let (field, list) = String($0).cut("/")
                    return Part(field: field, list: list.isEmpty ? nil : list)
                })
        }
    }

    /// The whole message is a list of rows.
    var isWhole: Bool { isList && key.isEmpty }
    /// Each cell is a column as it is, so that rows can be read back.
    public var isPlain: Bool {
        isList && cells.allSatisfy { $0.kind == .column && $0.parts[0].list == nil }
    }
    /// The keys of a row with their columns.
    public var columns: [(key: String, field: String)] {
        cells.flatMap { cell in cell.parts.map { (cell.key, $0.field) } }
    }
}

extension MessageShape {
    /// A message's members with rows instead of columns.
    ///
    /// `found` are the values of fields by their names, and `around` those of the messages around this one.
    func inRows(
        _ members: [JSONValue.Member], _ found: [String: [JSONValue]], _ around: [String: JSONValue]
    ) -> JSONValue {
        let table = RowTable(shape: self, found: found, around: around)
        var members = members
        for rows in rows {
            let told = table.value(rows)
            if rows.isWhole { return told ?? .list([]) }
            let spent = table.spent(rows)
            let place = members.firstIndex { spent.contains($0.key) } ?? members.endIndex
            members.removeAll { spent.contains($0.key) }
            guard let told else { continue }
            let key = rows.isList ? rows.key : rows.cells[0].key
            members.insert(.init(key, told), at: min(place, members.endIndex))
        }
        return .object(members)
    }
}

/// The columns of one message.
private struct RowTable {
    let shape: MessageShape
    let found: [String: [JSONValue]]
    let around: [String: JSONValue]
    /// The row numbers that a column lists.
    private let marks: [String: Set<JSONValue>]

    init(shape: MessageShape, found: [String: [JSONValue]], around: [String: JSONValue]) {
        (self.shape, self.found, self.around) = (shape, found, around)
        var marks: [String: Set<JSONValue>] = [:]
        for cell in shape.rows.flatMap(\.cells) where cell.kind == .at {
            marks[cell.parts[0].field] = Set(found[cell.parts[0].field] ?? [])
        }
        self.marks = marks
    }

    private func field(_ name: String) -> MessageShape.Field? {
        shape.fields.first { $0.name == name }
    }

    private func isColumn(_ part: RowShape.Part) -> Bool { field(part.field)?.isMany == true }

    /// The fields that stand in rows, and no more by themselves.
    func spent(_ rows: RowShape) -> Set<String> {
        let parts = rows.cells.flatMap(\.parts)
        var names = parts.filter(isColumn).map(\.field) + parts.compactMap(\.list)
        if !rows.isList, let last = parts.last { names.append(last.field) }
        return Set(names)
    }

    func value(_ rows: RowShape) -> JSONValue? {
        let parts = rows.cells.filter { [.column, .name, .moment].contains($0.kind) }
            .flatMap(\.parts)
        guard let first = parts.first(where: isColumn) else { return value(rows.cells[0], 0) }
        let numbers = 0..<(found[first.field] ?? []).count
        guard rows.isList else { return .list(numbers.compactMap { value(rows.cells[0], $0) }) }
        return .list(
            numbers.map { row in
                .object(
                    rows.cells.compactMap { cell in
                        value(cell, row).map { JSONValue.Member(cell.key, $0) }
                    })
            })
    }

    private func value(_ cell: RowShape.Cell, _ row: Int) -> JSONValue? {
        switch cell.kind {
        case .column: return value(cell.parts[0], row)
        case .name:
            let words = cell.parts.compactMap { word($0, row) }
            return words.count == cell.parts.count ? .text(words.joined(separator: "/")) : nil
        case .moment:
            guard case .text(let day)? = value(cell.parts[0], row),
                case .text(let time)? = value(cell.parts[1], row)
            else { return nil }
            return .text("\(day)T\(time)")
        case .hours:
            guard let start = value(cell.parts[0], row), let end = value(cell.parts[1], row),
                start != .text("00:00:00") || end != start
            else { return nil }
            return .object([.init("startSecond", start), .init("endSecond", end)])
        case .at: return .bool(marks[cell.parts[0].field]?.contains(.number(Int128(row))) == true)
        case .since:
            guard case .text(let text)? = value(cell.parts[0], row) else { return nil }
            return CivilDate(text)?.adding(days: row).map { .text("\($0)") }
        case .count: return .number(Int128(row + 1))
        }
    }

    /// A part of a name.
    private func word(_ part: RowShape.Part, _ row: Int) -> String? {
        switch value(part, row) {
        case .number(let number): return number == 0 ? nil : "\(number)"
        case .text(let text):
            // Of another name all but its number.
            guard case .name? = field(part.field)?.form else { return text }
            return text.split(separator: "/").dropLast().joined(separator: "/")
        default: return nil
        }
    }

    /// What a row says; nil if it says that there is none.
    private func value(_ part: RowShape.Part, _ row: Int) -> JSONValue? {
        let field = field(part.field)
        let values = found[part.field] ?? []
        let told: JSONValue? =
            if field?.isMany == true {
                row < values.count ? values[row] : nil
            } else {
                values.last ?? around[part.field]
            }
        guard let told else { return nil }
        if let list = part.list {
            guard case .number(let index) = told, let entries = found[list],
                index < Int128(entries.count)
            else { return nil }
            return entries[Int(index)]
        }
        // The lowest number that a column holds stands for none.
        if told == .number(Int128(Int32.min)) || told == .text("") { return nil }
        if field?.mayBeNone == true, told == .number(0) { return nil }
        if case .enumeration? = field?.form, told == .text("unspecified") { return nil }
        return told
    }
}

extension String {
    /// What stands before a mark and behind it; behind it is nothing where there is none.
    fileprivate func cut(_ mark: Character) -> (String, String) {
        guard let place = firstIndex(of: mark) else { return (self, "") }
        return (String(self[..<place]), String(self[index(after: place)...]))
    }
}
