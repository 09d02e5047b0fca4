// SPDX-License-Identifier: Apache-2.0

public import KezekJSON
import KezekProtoJSON
import Texts

/// A question in a path's parameters, by the keys and forms of `kezek … --json`: dates are `2026-03-19`.
public struct PlainQuestion {
    /// The bytes of the call's message.
    public let message: [UInt8]

    /// What stands after the question mark; `more` are members that come from headers, and `flags` what the path says.
    ///
    /// - Throws: a ``ConnectFault`` that names the parameter.
    public init(
        _ shape: MessageShape, _ query: String, more: [JSONValue.Member], flags: [JSONValue.Member]
    ) throws(ConnectFault) {
        guard let query = ConnectQuery(query) else {
            throw ConnectFault(
                .invalidArgument,
                kk: "Жолдың параметрлері дұрыс жазылмаған, не біреуі екі рет берілген.",
                ru: "Параметры пути записаны неверно, либо один указан дважды.",
                en:
                    "The path's parameters are not written as they should be, or one is there twice."
            )
        }
        var members: [JSONValue.Member] = []
        for (name, text) in query.texts {
            if name == "month", shape.fields.contains(where: { $0.name == "fromDay" }) {
                guard let month = PlainPath.month(text) else {
                    throw ConnectFault(
                        field: name,
                        LocalizedText(
                            kk: "2026-03 сияқты ай болуы керек",
                            ru: "должен быть месяц, как 2026-03",
                            en: "must be a month such as 2026-03"))
                }
                members.append(.init("fromDay", .text(month.first)))
                members.append(.init("toDay", .text(month.last)))
                continue
            }
            guard !flags.contains(where: { $0.key == name }), name != "watch" else {
                throw Self.unknown(name, shape)
            }
            try Self.put(name, text, shape, &members)
        }
        members += more + flags
        do {
            message = try shape.bytes(.object(members))
        } catch { throw ConnectFault(field: error.path, error.problem) }
    }

    private static func unknown(_ name: String, _ shape: MessageShape) -> ConnectFault {
        ConnectFault(
            field: name, JSONProblem.unknownField(name, among: shape.fields.map(\.name)).told)
    }

    /// Puts a parameter where it belongs; one such as `calendar.calendar` is a field of a message within.
    private static func put(
        _ name: String, _ text: String, _ shape: MessageShape, _ members: inout [JSONValue.Member]
    ) throws(ConnectFault) {
        let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let field = shape.fields.first(where: { $0.name == parts[0] }), !field.isMany else {
            throw unknown(name, shape)
        }
        guard !field.isPersonal else {
            throw ConnectFault(
                field: name,
                LocalizedText(
                    kk:
                        "адамға қатысты, ал жолдарды басқалар көреді: kezek-applicant тақырыбымен беріңіз",
                    ru:
                        "касается человека, а пути видны другим: передайте в заголовке kezek-applicant",
                    en:
                        "is about a person, and others see paths: give it in the header kezek-applicant"
                ))
        }
        guard case .message(let inner) = field.form else {
            guard parts.count == 1 else { throw unknown(name, shape) }
            return members.append(.init(field.name, value(text, field.form)))
        }
        guard parts.count == 2, let shape = MessageShape(inner) else { throw unknown(name, shape) }
        var within: [JSONValue.Member] = []
        if let place = members.firstIndex(where: { $0.key == field.name }) {
            if case .object(let found) = members[place].value { within = found }
            members.remove(at: place)
        }
        try put(String(parts[1]), text, shape, &within)
        members.append(.init(field.name, .object(within)))
    }

    /// A parameter as JSON has it; what is no number or yes or no is left to whoever reads the field.
    private static func value(_ text: String, _ form: MessageShape.Form) -> JSONValue {
        switch form {
        case .number: Int128(text).map(JSONValue.number) ?? .text(text)
        case .bool where text == "true" || text == "false": .bool(text == "true")
        default: .text(text)
        }
    }

    /// What an event's name says, as the question's fields.
    public static func members(
        afterEvent id: String, _ names: [String], _ shape: MessageShape
    ) throws(ConnectFault) -> [JSONValue.Member] {
        let parts = id.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == names.count, id.utf8.count <= 64 else {
            throw ConnectFault(
                field: "last-event-id",
                LocalizedText(
                    kk: "осы ағын оқиғасының аты болуы керек",
                    ru: "должно быть именем события этого потока",
                    en: "must be the name of an event of this stream"))
        }
        return zip(names, parts).map { name, part in
            let form = shape.fields.first { $0.name == name }?.form ?? .text
            return .init(name, value(part, form))
        }
    }
}
