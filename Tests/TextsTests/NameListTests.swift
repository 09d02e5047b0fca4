// SPDX-License-Identifier: Apache-2.0

import Testing
import Texts

@Suite struct NameListTests {
    @Test(arguments: [
        ([], ""), (["a"], "a"), (["a", "b"], "a, b"), (["a", "b", "c"], "a, b and 1 more"),
        (["a", "b", "c", "d"], "a, b and 2 more"),
    ])
    func soManyAreNamed(_ names: [String], _ told: String) {
        #expect(Language.en.list(names, atMost: 2) == told)
    }

    @Test func theRestIsCountedInEachLanguage() {
        #expect(Language.kk.list([1, 2, 3], atMost: 1) == "1 және тағы 2")
        #expect(Language.ru.list([1, 2, 3], atMost: 1) == "1 и ещё 2")
        #expect(Language.en.list(Array(1...20)).hasSuffix(", 20"))
    }
}
