// SPDX-License-Identifier: Apache-2.0

import CallLimits
public import Enquiries
public import Journal
public import KezekWire

/// Why a call brought no answer.
public enum ClientError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The server answered with a refusal.
    case refused(Refusal)
    /// No connection could be made before the deadline.
    case cannotConnect(Endpoint, ConnectFailure)
    /// The connection was lost, and so was every repetition of the call before the deadline.
    case connectionLost(Endpoint)
    /// TLS was not agreed on.
    case notTrusted(Endpoint, TLSProblem)
    /// No response came before the deadline.
    case timedOut(Endpoint)
    /// The server sent something that is no response.
    case badResponse(Endpoint)
    /// The request is longer than a frame may be.
    case requestTooLarge
    /// The client was closed, or the task was cancelled.
    case cancelled
    /// A command was sent and its answer never came, or did not tell what came of it, for this cause: it may
    /// have been carried out.
    ///
    /// Sent again under the same request id it is carried out once, and its answer says what came of it.
    indirect case mayBeDone(RequestID, ClientError)

    /// What went wrong, whether or not a command may have been carried out all the same.
    public var cause: ClientError {
        if case .mayBeDone(_, let cause) = self { cause } else { self }
    }

    /// The request id under which a command that may have been carried out is sent again; nil for others.
    public var requestID: RequestID? {
        if case .mayBeDone(let id, _) = self { id } else { nil }
    }

    public var description: String {
        switch self {
        case .refused(let refusal): refusal.message
        case .cannotConnect(let endpoint, let why):
            "cannot connect to \(endpoint): \(why.words). Is the server running there?"
        case .connectionLost(let endpoint):
            "the connection to \(endpoint) was lost, and repeating the call did not help"
        case .notTrusted(let endpoint, let why):
            "no trusted connection to \(endpoint): \(why.words)"
        case .timedOut(let endpoint): "\(endpoint) did not answer in time"
        case .badResponse(let endpoint):
            "\(endpoint) sent something that is not a Kezek response. Is it another server?"
        case .requestTooLarge:
            "the request is longer than \(CallLimit.requestFrameBytes) bytes; send fewer rows"
        case .cancelled: "the call was cancelled"
        case .mayBeDone(let id, let cause):
            "\(cause); the command may have been carried out: send it again under its request id \(id.hex)"
        }
    }
}
