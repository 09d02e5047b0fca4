// SPDX-License-Identifier: Apache-2.0

import Testing
import Texts

@Suite struct PhraseTests {
    @Test func valuesStandInTheWordsOfTheLanguage() {
        let phrase: Phrase = "a number from \(1) to \("24")"
        #expect(phrase.key == "a number from {} to {}")
        #expect(phrase[.en] == "a number from 1 to 24" && phrase.isTranslated)
        #expect(phrase[.ru] == "число от 1 до 24")
        #expect(phrase[.kk] == "1 мен 24 аралығындағы сан")
    }

    /// A phrase within another is told in the language too; a value is not, though it look like words.
    @Test func phrasesStandWithinPhrases() {
        let what: Phrase = "a number from \(1) to \(2)"
        let found: Phrase = "a list"
        let outer: Phrase = "expected \(what), found \(found)"
        #expect(outer[.en] == "expected a number from 1 to 2, found a list")
        #expect(outer[.ru] == "ожидается число от 1 до 2, а стоит список")
        let named: Phrase = "expected \(what), found \("a list")"
        #expect(named[.ru] == "ожидается число от 1 до 2, а стоит a list")
        let brace: Phrase = "expected \("{}"), found \(found)"
        #expect(brace[.ru] == "ожидается {}, а стоит список")
    }

    @Test func wordsThatAreJoinedAreOnePhrase() {
        let joined: Phrase = "the field " + "'\("years")' is" + " missing"
        #expect(joined.key == "the field '{}' is missing" && joined.isTranslated)
        #expect(joined[.ru] == "нет поля «years»")
        let plain: Phrase = "\("kz.yaml:3"): \(joined)"
        #expect(plain[.ru] == "kz.yaml:3: нет поля «years»" && plain.isTranslated)
    }

    @Test func whatNobodyHasTranslatedIsEnglish() {
        let phrase: Phrase = "no words of \("x") here"
        #expect(phrase[.kk] == "no words of x here" && !phrase.isTranslated)
        let outer: Phrase = "expected \(phrase)"
        #expect(outer[.ru] == "ожидается no words of x here" && !outer.isTranslated)
    }

    /// The numbers of a sentence are values, and what is there in each language stands as it is.
    @Test func sentencesAreReadAsPhrases() {
        let sentence = Phrase(sentence: "visit 7 is there twice")
        #expect(
            sentence.key == "visit {} is there twice" && sentence[.en] == "visit 7 is there twice")
        #expect(sentence[.ru] == "выезд 7 стоит дважды" && sentence.isTranslated)
        #expect(
            Phrase(sentence: "it took longer than 2.5 s")[.kk] == "ол 2.5 с ішінде жауап бермеді")
        #expect(Phrase(sentence: "").description == "" && Phrase(sentence: "7").key == "{}")
        let text = LocalizedText(kk: "бір", ru: "один", en: "one")
        let outer: Phrase = "expected \(text), found \("x")"
        #expect(
            outer.text
                == LocalizedText(
                    kk: "бір күтілді, ал x тұр", ru: "ожидается один, а стоит x",
                    en: "expected one, found x"))
    }

    @Test func phrasesAreJoined() {
        let list: [Phrase] = ["a list", "a map", "\(3)"]
        #expect(list.joined(separator: "; ")[.ru] == "список; запись с ключами; 3")
        #expect([Phrase]().joined(separator: ", ").description == "")
    }

    /// The same words are equal, whichever of them are values.
    @Test func phrasesAreComparedAsTheyAreTold() {
        let (phrase, literal): (Phrase, Phrase) = ("at most \(5)", "at most 5")
        #expect(phrase == literal && Set([phrase, literal]).count == 1)
    }
}
