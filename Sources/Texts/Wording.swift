// SPDX-License-Identifier: Apache-2.0

/// Words of which each reader gets those of their own language.
///
/// ```swift
/// struct Words: Wording {
///     let language: Language
///     var days: String { pick("Күндер", "Дни", "Days") }
/// }
/// Words(language: .ru).days  // "Дни"
/// ```
public protocol Wording {
    var language: Language { get }
}

extension Wording {
    /// The one of three texts that is in the language of these words; the others are not made.
    public func pick(
        _ kk: @autoclosure () -> String, _ ru: @autoclosure () -> String,
        _ en: @autoclosure () -> String
    ) -> String {
        switch language {
        case .kk: kk()
        case .ru: ru()
        case .en: en()
        }
    }
}

/// A language words what is said in it.
extension Language: Wording {
    public var language: Language { self }
}
