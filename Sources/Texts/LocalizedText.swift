// SPDX-License-Identifier: Apache-2.0

/// A language in which Kezek speaks to people, by its ISO 639-1 code.
public enum Language: String, CaseIterable, Hashable, Sendable {
    case kk, ru, en
}

/// One text in Kazakh, Russian and English.
public struct LocalizedText: Hashable, Sendable {
    public let kk: String
    public let ru: String
    public let en: String

    public init(kk: String, ru: String, en: String) {
        self.kk = kk
        self.ru = ru
        self.en = en
    }

    /// The text in one language.
    public subscript(language: Language) -> String {
        switch language {
        case .kk: kk
        case .ru: ru
        case .en: en
        }
    }
}
