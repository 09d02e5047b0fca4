// SPDX-License-Identifier: Apache-2.0

/// Names of cases as fields and labels have them.
enum FieldName {
    /// The case's name in small letters, its words apart: `dueDate` is `due_date`, `notASlot` is
    /// `not_a_slot`, `textNotUTF8` is `text_not_utf8`.
    static func of(_ value: some Any) -> String {
        let letters = Array("\(value)")
        var name = ""
        for (place, letter) in letters.enumerated() {
            let before = place > 0 ? letters[place - 1] : nil
            let after = place + 1 < letters.count ? letters[place + 1] : nil
            if letter.isUppercase, before?.isUppercase == false || after?.isLowercase == true {
                name += "_"
            }
            name += letter.lowercased()
        }
        return name
    }
}
