// SPDX-License-Identifier: Apache-2.0

#if Web
import KezekWire

/// What the server speaks, as gRPC's services of reflection tell it: `grpc.reflection.v1` and `v1alpha`, whose
/// messages are the same.
///
/// It is the descriptor set of `describe`, without Kezek's own options, and those of gRPC's own services.
struct Reflection: Sendable {
    /// One for all.
    static let shared = Reflection(sets: [Schema.fileDescriptorSet, Schema.fileDescriptorSetOfGRPC])

    static let methods: Set<String> = [
        "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
    ]

    /// Serialised files by their names.
    private var files: [String: [UInt8]] = [:]
    /// The file of each message, enum, value, field, service and method, by its full name.
    private var symbols: [String: String] = [:]
    private(set) var services: [String] = []

    init(sets: [[UInt8]]) {
        for set in sets {
            for case (1, .bytes(let file)) in SmallMessage.fields(set[...]) ?? [] { add(file) }
        }
        services.sort()
    }

    /// Fields of a descriptor that have descriptors: of a file, of a message, of a service and of an enum.
    private enum Kind {
        case file, message, `enum`, service, leaf

        func inner(_ field: UInt64) -> Kind? {
            switch (self, field) {
            case (.file, 4), (.message, 3): .message
            case (.file, 5), (.message, 4): .enum
            case (.file, 6): .service
            case (.file, 7), (.message, 2), (.message, 6), (.message, 8), (.enum, 2), (.service, 2):
                .leaf
            default: nil
            }
        }
    }

    private mutating func add(_ file: ArraySlice<UInt8>) {
        guard let fields = SmallMessage.fields(file) else { return }
        let (name, package) = (text(1, fields) ?? "", text(2, fields) ?? "")
        files[name] = Array(file)
        add(fields, .file, below: package, file: name)
    }

    private mutating func add(
        _ fields: [(number: UInt64, value: SmallMessage.Value)], _ kind: Kind, below scope: String,
        file: String
    ) {
        for case (let number, .bytes(let bytes)) in fields {
            guard let inner = kind.inner(number), let parts = SmallMessage.fields(bytes),
                let name = text(1, parts)
            else { continue }
            let full = scope.isEmpty ? name : "\(scope).\(name)"
            symbols[full] = file
            if inner == .service { services.append(full) }
            add(parts, inner, below: full, file: file)
        }
    }

    private func text(
        _ number: UInt64, _ fields: [(number: UInt64, value: SmallMessage.Value)]
    ) -> String? {
        fields.last { $0.number == number }?.value.text
    }

    /// The `ServerReflectionResponse` to a `ServerReflectionRequest`; nil if it is none.
    func answer(_ request: [UInt8]) -> [UInt8]? {
        guard let fields = SmallMessage.fields(request[...]) else { return nil }
        var response = SmallMessage.Writer()
        if let host = text(1, fields) { response.add(1, text: host) }
        response.add(2, bytes: request)
        guard let asked = fields.last(where: { (3...7).contains($0.number) }) else {
            return failed(&response, .invalidArgument, "nothing is asked")
        }
        let name = asked.value.text ?? ""
        switch asked.number {
        case 3:
            guard let file = files[name] else {
                return failed(&response, .notFound, "there is no file \(name)")
            }
            response.add(4, bytes: one(file))
        case 4:
            guard let file = symbols[name].flatMap({ files[$0] }) else {
                return failed(&response, .notFound, "there is no symbol \(name)")
            }
            response.add(4, bytes: one(file))
        case 7:
            var list = SmallMessage.Writer()
            for service in services {
                var one = SmallMessage.Writer()
                one.add(1, text: service)
                list.add(1, bytes: one.bytes)
            }
            response.add(6, bytes: list.bytes)
        default: return failed(&response, .notFound, "there are no extensions")
        }
        return response.bytes
    }

    private func one(_ file: [UInt8]) -> [UInt8] {
        var message = SmallMessage.Writer()
        message.add(1, bytes: file)
        return message.bytes
    }

    private func failed(
        _ response: inout SmallMessage.Writer, _ code: GRPCWords.Code, _ words: String
    ) -> [UInt8] {
        var error = SmallMessage.Writer()
        error.add(1, number: UInt64(code.rawValue))
        error.add(2, text: words)
        response.add(7, bytes: error.bytes)
        return response.bytes
    }
}
#endif
