// SPDX-License-Identifier: Apache-2.0

extension Language {
    /// A title in quotation marks, those within it of the other kind.
    ///
    ///     Language.ru.quoted("Корпорация «Правительство»")  // «Корпорация „Правительство“»
    ///     Language.en.quoted("Corporation “Government”")    // “Corporation ‘Government’”
    ///
    /// Straight ones within it are taken in pairs. What somebody has typed is shown as it was typed, and
    /// is not for this.
    public func quoted(_ title: String) -> String {
        let (outer, inner) = self == .en ? (("“", "”"), ("‘", "’")) : (("«", "»"), ("„", "“"))
        var (told, isOpen) = ("", false)
        for character in title {
            switch character {
            case "«": told += inner.0
            case "»": told += inner.1
            case "“" where self == .en: told += inner.0
            case "”": told += inner.1
            case "\"":
                isOpen.toggle()
                told += isOpen ? inner.0 : inner.1
            default: told.append(character)
            }
        }
        return outer.0 + told + outer.1
    }
}
