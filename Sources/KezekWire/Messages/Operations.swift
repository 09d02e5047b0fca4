// SPDX-License-Identifier: Apache-2.0

import Access
import CKezekWire
import CivilTime
import Enquiries
import Parties

/// `HealthReply` and `AuthenticateReply`.
extension WireWriter {
    func authenticateReply(
        _ authentication: Authentication
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__AuthenticateReply> {
        try message(kezek__v1__authenticate_reply__init) { (message) throws(Full) in
            guard let rights = authentication.rights else {
                message.open = 1
                return
            }
            message.role = Kezek__V1__Role(UInt32(rights.role.rawValue))
            if case .only(let offices) = rights.offices {
                try texts(offices.sorted(), &message.n_offices, &message.offices)
            }
            message.expires_at = rights.expiresAt.second
        }
    }

    func healthReply(_ health: Health) throws(Full) -> UnsafeMutablePointer<Kezek__V1__HealthReply>
    {
        func state(_ isServing: Bool) -> Kezek__V1__HealthState {
            isServing
                ? KEZEK__V1__HEALTH_STATE__HEALTH_STATE_SERVING
                : KEZEK__V1__HEALTH_STATE__HEALTH_STATE_NOT_SERVING
        }
        return try message(kezek__v1__health_reply__init) { (message) throws(Full) in
            message.state = state(health.isServing)
            try list(health.parts, &message.n_parts, &message.parts) { (part) throws(Full) in
                try self.message(kezek__v1__health_reply__part__init) { (inner) throws(Full) in
                    inner.name = try text(part.name)
                    inner.state = state(part.isServing)
                    inner.detail = try text(part.detail)
                }
            }
        }
    }
}

extension WireReader {
    func healthReply(_ message: Kezek__V1__HealthReply) throws(Refusal) -> Health {
        Health(
            parts: try list(message.n_parts, message.parts) { (part) throws(Refusal) in
                Health.Part(
                    name: try text(part.name, "parts.name"),
                    isServing: part.state == KEZEK__V1__HEALTH_STATE__HEALTH_STATE_SERVING,
                    detail: try text(part.detail, "parts.detail"))
            })
    }

    func authenticateReply(
        _ message: Kezek__V1__AuthenticateReply
    ) throws(Refusal) -> Authentication {
        guard message.open == 0 else { return Authentication(rights: nil) }
        let offices = Set(
            try each(message.n_offices, message.offices) { (item) throws(Refusal) in
                try office(item, "offices")
            })
        return Authentication(
            rights: Authentication.Rights(
                role: try choice(message.role.rawValue, "role"),
                offices: offices.isEmpty ? .all : .only(offices),
                expiresAt: try timestamp(message.expires_at, "expires_at")))
    }
}
