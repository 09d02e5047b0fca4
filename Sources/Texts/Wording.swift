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
    /// The one of three texts that is in the language of these words.
    public func pick(_ kk: String, _ ru: String, _ en: String) -> String {
        LocalizedText(kk: kk, ru: ru, en: en)[language]
    }
}

/// A language words what is said in it.
extension Language: Wording {
    public var language: Language { self }
}
