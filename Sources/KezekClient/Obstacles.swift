// SPDX-License-Identifier: Apache-2.0

import Foundation
import NIOCore
import NIOPosix
import NIOSSL

/// Why no connection could be made.
public enum ConnectFailure: Hashable, Sendable {
    /// Nothing listens there.
    case refused
    /// There is no such Unix socket.
    case noSocket
    /// The host's name is not known.
    case unknownHost
    /// No way leads there.
    case unreachable
    /// Nothing came back in time.
    case silent
    /// The system does not allow it.
    case noPermission
    /// What the system says else.
    case other(String)

    init(_ error: any Error) {
        switch error {
        case let error as NIOConnectionError: self.init(error)
        case let error as IOError: self.init(code: error.errnoCode, "\(error)")
        case is SocketAddressError: self = .unknownHost
        case ChannelError.connectTimeout: self = .silent
        default: self = .other("\(error)")
        }
    }

    private init(_ error: NIOConnectionError) {
        // What was tried last says most; where no address was found there was nothing to try.
        if let last = error.connectionErrors.last {
            self.init(last.error)
        } else {
            self = .unknownHost
        }
    }

    private init(code: Int32, _ words: String) {
        self =
            switch code {
            case ECONNREFUSED: .refused
            case ENOENT: .noSocket
            case EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL: .unreachable
            case ETIMEDOUT: .silent
            case EACCES, EPERM: .noPermission
            default: .other(words)
            }
    }

    var words: String {
        switch self {
        case .refused: "nothing listens there"
        case .noSocket: "there is no such socket"
        case .unknownHost: "the host's name is not known"
        case .unreachable: "no way leads there"
        case .silent: "nothing came back in time"
        case .noPermission: "it is not permitted"
        case .other(let words): words
        }
    }
}

/// Why TLS was not agreed on.
public enum TLSProblem: Hashable, Sendable {
    /// The other end does not speak it.
    case notTLS
    /// The other end speaks nothing else, and was asked without.
    case onlyTLS
    /// No authority that is trusted has signed the server's certificate.
    case unknownAuthority
    /// The certificate is valid no more, or not yet; in seconds since 1970.
    case ended(Int64)
    case notYet(Int64)
    /// The certificate is for another name.
    case otherName
    /// The server did not take the client's certificate, or wants one.
    case clientNotLetIn
    /// The connection ended before TLS was agreed on, and nothing was said: the server may have all the
    /// connections that it takes, or not speak it.
    case endedEarly
    /// What the library says else.
    case other(String)

    init(_ error: any Error) {
        let words = "\(error)"
        // BoringSSL names its reasons in words alone.
        let found: [(String, TLSProblem)] = [
            ("WRONG_VERSION_NUMBER", .notTLS), ("HTTP_REQUEST", .notTLS),
            ("INVALID_RECORD", .notTLS), ("UNEXPECTED_RECORD", .notTLS),
            ("CERTIFICATE_VERIFY_FAILED", .unknownAuthority),
            ("unableToValidateCertificate", .unknownAuthority),
            ("failedToValidateHostname", .otherName), ("NoSuitableName", .otherName),
            ("ALERT_CERTIFICATE_REQUIRED", .clientNotLetIn),
            ("ALERT_BAD_CERTIFICATE", .clientNotLetIn), ("ALERT_UNKNOWN_CA", .clientNotLetIn),
            ("ALERT_HANDSHAKE_FAILURE", .clientNotLetIn),
            ("EOF during handshake", .endedEarly), ("eofDuringHandshake", .endedEarly),
            ("eofDuringHandshake", .endedEarly), ("uncleanShutdown", .endedEarly),
        ]
        self = found.first { words.contains($0.0) }?.1 ?? .other(words)
    }

    var words: String {
        switch self {
        case .notTLS: "it does not speak TLS"
        case .onlyTLS: "it speaks TLS, and was asked without"
        case .unknownAuthority: "its certificate is signed by nobody who is trusted"
        case .ended: "its certificate has ended"
        case .notYet: "its certificate is not valid yet"
        case .otherName: "its certificate is for another name"
        case .clientNotLetIn: "it does not take the client's certificate, or wants one"
        case .endedEarly:
            "it went away before TLS was agreed on; it may have all the connections that it takes"
        case .other(let words): words
        }
    }
}
