// SPDX-License-Identifier: Apache-2.0

public import Texts

/// What is wrong with a text of JSON, or with the bytes of a message.
public enum JSONProblem: Error, Hashable, Sendable {
    /// It is no JSON; what was expected instead.
    case syntax(Expected)
    case notUTF8
    /// Half of a surrogate pair stands alone.
    case halfCharacter
    /// More objects within objects than this.
    case tooDeep(Int)
    /// More bytes than this.
    case tooLarge(Int)
    /// More fields and items than this.
    case tooManyValues(Int)
    case unknownField(String, among: [String])
    case repeatedField
    /// Another field of the same oneof is there, too.
    case secondOfOneof(String)
    case noObject
    case noList
    case nullInList
    case noText
    case noBool
    case noBase64
    /// It is no whole number of this range.
    case noNumber(from: Int64, to: UInt64)
    /// It is neither a name nor a number of the enum.
    case noValue(of: String, among: [String])
    /// The bytes are no message of the type.
    case malformedMessage

    /// What JSON has to go on with.
    public enum Expected: Hashable, Sendable {
        case value, key, colon, commaOrEnd, end, escape
    }
}

/// What is wrong, and where.
public struct JSONFault: Error, Hashable, Sendable {
    /// The path of the field, by the names of the `.proto` files, such as `put.windows[2].id`; empty for the whole.
    public let path: String
    /// How many bytes stand before the place.
    public let offset: Int
    public let problem: JSONProblem

    public init(path: String, offset: Int, problem: JSONProblem) {
        self.path = path
        self.offset = offset
        self.problem = problem
    }
}

extension JSONProblem {
    /// What is said of it to people: a sentence without its first word, as the field stands before it.
    public var told: LocalizedText {
        switch self {
        case .syntax(let expected):
            let word = expected.told
            return LocalizedText(
                kk: "бұл JSON емес: мұнда \(word.kk) болуы керек",
                ru: "это не JSON: здесь ожидается \(word.ru)",
                en: "is no JSON: \(word.en) is expected here")
        case .notUTF8:
            return LocalizedText(
                kk: "UTF-8 болуы керек", ru: "должно быть в UTF-8", en: "must be UTF-8")
        case .halfCharacter:
            return LocalizedText(
                kk: "таңбаның жартысы ғана бар (\\uD800–\\uDFFF)",
                ru: "есть лишь половина знака (\\uD800–\\uDFFF)",
                en: "has half of a character alone (\\uD800 to \\uDFFF)")
        case .tooDeep(let most):
            return LocalizedText(
                kk: "тым терең: \(most) деңгейге дейін болады",
                ru: "слишком глубоко: уровней не больше \(most)",
                en: "is too deep: there may be up to \(most) levels")
        case .tooLarge(let most):
            return LocalizedText(
                kk: "тым үлкен: \(most) байтқа дейін болады",
                ru: "слишком велико: байтов не больше \(most)",
                en: "is too large: there may be up to \(most) bytes")
        case .tooManyValues(let most):
            return LocalizedText(
                kk: "мәндер тым көп: \(most) дейін болады",
                ru: "слишком много значений: не больше \(most)",
                en: "has too many values: there may be up to \(most)")
        case .unknownField(_, let names):
            let list = names.joined(separator: ", ")
            guard !names.isEmpty else {
                return LocalizedText(
                    kk: "мұндай өріс жоқ", ru: "нет такого поля", en: "there is no such field")
            }
            return LocalizedText(
                kk: "мұндай өріс жоқ; барлары: \(list)", ru: "нет такого поля; есть: \(list)",
                en: "there is no such field; there are: \(list)")
        case .repeatedField:
            return LocalizedText(
                kk: "екі рет берілген", ru: "указано дважды", en: "is there twice")
        case .secondOfOneof(let first):
            return LocalizedText(
                kk: "«\(first)» өрісімен бірге бола алмайды",
                ru: "не может быть вместе с «\(first)»",
                en: "cannot be there together with '\(first)'")
        case .malformedMessage:
            return LocalizedText(
                kk: "байттар бұл хабар емес", ru: "байты не составляют этого сообщения",
                en: "the bytes are no such message")
        default: return toldOfValue
        }
    }

    private var toldOfValue: LocalizedText {
        switch self {
        case .noObject:
            LocalizedText(
                kk: "объект болуы керек: {…}", ru: "здесь нужен объект: {…}",
                en: "must be an object: {…}")
        case .noList:
            LocalizedText(
                kk: "тізім болуы керек: […]", ru: "здесь нужен список: […]",
                en: "must be a list: […]")
        case .nullInList:
            LocalizedText(
                kk: "тізімде null болмайды", ru: "в списке не может быть null",
                en: "cannot be null in a list")
        case .noText:
            LocalizedText(
                kk: "тырнақшадағы мәтін болуы керек", ru: "здесь нужен текст в кавычках",
                en: "must be a text in quotation marks")
        case .noBool:
            LocalizedText(
                kk: "true немесе false болуы керек", ru: "должно быть true или false",
                en: "must be true or false")
        case .noBase64:
            LocalizedText(
                kk: "base64 мәтіні болуы керек", ru: "должен быть текст base64",
                en: "must be a text in base64")
        case .noNumber(let low, let high):
            LocalizedText(
                kk: "\(low) мен \(high) арасындағы бүтін сан болуы керек",
                ru: "должно быть целое число от \(low) до \(high)",
                en: "must be a whole number from \(low) to \(high)")
        case .noValue(_, let names):
            LocalizedText(
                kk: "мынаның бірі болуы керек: \(names.joined(separator: ", "))",
                ru: "должно быть одно из: \(names.joined(separator: ", "))",
                en: "must be one of: \(names.joined(separator: ", "))")
        default: told
        }
    }
}

extension JSONProblem.Expected {
    fileprivate var told: LocalizedText {
        switch self {
        case .value: LocalizedText(kk: "мән", ru: "значение", en: "a value")
        case .key:
            LocalizedText(
                kk: "тырнақшадағы өріс аты", ru: "имя поля в кавычках",
                en: "a field's name in quotation marks")
        case .colon: LocalizedText(kk: "қос нүкте", ru: "двоеточие", en: "a colon")
        case .commaOrEnd:
            LocalizedText(
                kk: "үтір немесе жабатын жақша", ru: "запятая или закрывающая скобка",
                en: "a comma or a closing bracket")
        case .end: LocalizedText(kk: "соңы", ru: "конец", en: "the end")
        case .escape:
            LocalizedText(
                kk: "\\ белгісінен кейін рұқсат етілген таңба", ru: "допустимый знак после \\",
                en: "a character that may stand behind \\")
        }
    }
}
