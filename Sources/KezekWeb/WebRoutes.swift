// SPDX-License-Identifier: Apache-2.0

#if Web
public import KezekServer
import KezekWire
public import NIOCore
public import Texts

/// The head of a request over HTTP.
public struct WebHead: Sendable {
    /// In capitals, such as `POST`.
    public var method: String
    /// As it came, without what follows a question mark.
    public var path: String
    /// What follows the question mark, as it came; empty for nothing.
    public var query: String
    /// The names in small letters, in the order in which they came.
    public var headers: [(name: String, value: String)]
    /// Whether it came over HTTP/2.
    public var isHTTP2: Bool

    public init(
        method: String, path: String, query: String = "",
        headers: [(name: String, value: String)] = [], isHTTP2: Bool = true
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.isHTTP2 = isHTTP2
    }

    /// The first header of a name in small letters.
    public subscript(name: String) -> String? { headers.first { $0.name == name }?.value }

    /// Who makes its call: `Authorization: Bearer` and `Accept-Language`.
    public var credential: WebCredential {
        WebCredential(token: token, language: language)
    }

    private var token: Secret? {
        guard let value = self["authorization"], value.utf8.count > 7,
            value.prefix(7).lowercased() == "bearer "
        else { return nil }
        return Secret(String(value.dropFirst(7)))
    }

    /// The first of `Accept-Language` that there is, by its weight; Kazakh without one (RFC 9110, 12.5.4).
    public var language: Language {
        guard let header = self["accept-language"] else { return .kk }
        var (best, weight) = (Language.kk, 0.0)
        for part in header.split(separator: ",") {
            let pieces = part.split(separator: ";").map { $0.filter { $0 != " " } }
            guard let name = pieces.first,
                let language = Language(rawValue: String(name.lowercased().prefix(2)))
            else { continue }
            let told = pieces.dropFirst().first { $0.hasPrefix("q=") }
            let q = told.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if q > weight { (best, weight) = (language, q) }
        }
        return best
    }
}

/// What is answered over HTTP, with a body that is there.
public struct WebResponse: Sendable {
    public var status: Int
    public var headers: [(name: String, value: String)]
    public var body: ByteBuffer

    public init(
        _ status: Int, headers: [(name: String, value: String)] = [],
        body: ByteBuffer = ByteBuffer()
    ) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// What becomes of a request that is whole.
public enum WebStep: Sendable {
    /// It is answered at once, without the desk.
    case respond(WebResponse)
    /// A call is made, and its one answer becomes the response.
    case call(WebCall, @Sendable (WebAnswer) -> WebResponse)
    /// A call is made whose answers become parts of the body, each sent at once; a refusal that comes first
    /// becomes a response of its own.
    case stream(
        WebCall, head: WebResponse, refused: @Sendable (WebStatus) -> WebResponse,
        part: @Sendable (WebAnswer) -> ByteBuffer)
}

/// Whoever answers requests that are not gRPC's.
///
/// Its functions are called on event loops, so they must be quick, and touch nothing but what they are given.
public protocol WebRoutes: Sendable {
    /// How many bytes a body may have, in those of the message that it becomes: text is longer than the message.
    var bytesOfBodyForEachOfMessage: Int { get }

    /// What becomes of a request; nil if no route is for it, which is answered with 404.
    func step(_ head: WebHead, _ body: ByteBuffer) -> WebStep?
}

/// No routes: gRPC alone.
public struct NoRoutes: WebRoutes {
    public init() {}

    public var bytesOfBodyForEachOfMessage: Int { 1 }

    public func step(_ head: WebHead, _ body: ByteBuffer) -> WebStep? { nil }
}
#endif
