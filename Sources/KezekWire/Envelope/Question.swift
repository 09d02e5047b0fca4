// SPDX-License-Identifier: Apache-2.0

/// A question with the type of what it is answered with.
///
/// Each call of `service.proto` that changes nothing is a function or property of it, by the name that it
/// has in the domain: `.slots(question)` asks for `[DaySlots]`.
public struct Question<Answer: Sendable>: Sendable {
    public let call: Call
    private let read: @Sendable (Reply) -> Answer?

    init(_ call: Call, _ read: @escaping @Sendable (Reply) -> Answer?) {
        self.call = call
        self.read = read
    }

    /// What a reply says; nil if it answers something else.
    public func answer(in reply: Reply) -> Answer? { read(reply) }
}
