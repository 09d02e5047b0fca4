// SPDX-License-Identifier: Apache-2.0

/// Values, each once, in the order of their first appearance.
///
/// For a handful of values a walk is faster than hashing their texts.
struct Distinct<Value: Equatable> {
    private(set) var values: [Value] = []

    /// The value's place; it is added if it is new.
    mutating func index(of value: Value) -> Int {
        if let index = values.lastIndex(of: value) { return index }
        values.append(value)
        return values.count - 1
    }
}
