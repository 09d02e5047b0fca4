// SPDX-License-Identifier: Apache-2.0

import KezekJSON
import KezekWire

/// Fields of messages by the paths that refusals name them with.
enum FieldPath {
    /// Whether a path such as `windows[2].breaks[0].end_second` is that of a field of a call's message, an
    /// item of a list told by its place; without one it is the whole list.
    static func exists(_ path: String, in call: CallName) -> Bool {
        exists(
            path.split(separator: ".", omittingEmptySubsequences: false)[...],
            CallJSON.request(call))
    }

    private static func exists(_ path: ArraySlice<Substring>, _ shape: MessageShape) -> Bool {
        guard let match = path.first?.wholeMatch(of: /([a-z_0-9]+)(\[\d+\])?/) else { return false }
        let name = camel(match.1)
        guard let field = shape.fields.first(where: { $0.name == name }) else { return false }
        let isItem = match.2 != nil
        let rest = path.dropFirst()
        guard !isItem || field.isMany, rest.isEmpty || isItem == field.isMany else { return false }
        guard !rest.isEmpty else { return true }
        return field.form.message.map { exists(rest, $0) } ?? false
    }

    static func camel(_ name: Substring) -> String {
        let words = name.split(separator: "_")
        return words.dropFirst().reduce(String(words[0])) {
            $0 + $1.prefix(1).uppercased() + $1.dropFirst()
        }
    }
}

extension MessageShape.Form {
    /// The message that a field holds; nil if it holds none.
    var message: MessageShape? {
        switch self {
        case .message(let name), .day(let name), .moment(let name), .name(let name):
            MessageShape(name)
        default: nil
        }
    }
}
