// SPDX-License-Identifier: Apache-2.0

import Access
import CKezekWire
import CivilTime
import Enquiries
import Parties
import Texts

/// `HealthReply`, `DescribeReply`, `StatsReply` and `AuthenticateReply`.
extension WireWriter {
    func authentication(
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

    func health(_ health: Health) throws(Full) -> UnsafeMutablePointer<Kezek__V1__HealthReply> {
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

    func description(
        _ description: ServerDescription
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__DescribeReply> {
        try message(kezek__v1__describe_reply__init) { (message) throws(Full) in
            message.version = try text(description.version)
            message.file_descriptor_set = try bytes(description.fileDescriptorSet)
            try list(description.limits, &message.n_limits, &message.limits) {
                (limit) throws(Full) in
                try self.message(kezek__v1__limit__init) { (inner) throws(Full) in
                    inner.name = try text(limit.name)
                    inner.value = limit.value
                }
            }
        }
    }

    func stats(
        _ stats: ServerStatistics
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__StatsReply> {
        try message(kezek__v1__stats_reply__init) { (message) throws(Full) in
            message.uptime_seconds = stats.uptimeSeconds
            message.open_connections = stats.openConnections
            message.accepted_connections = stats.acceptedConnections
            message.closed_for_cause = stats.closedForCause
            message.failed_authentications = stats.failedAuthentications
            message.bytes_in = stats.bytesIn
            message.bytes_out = stats.bytesOut
            try list(stats.calls, &message.n_calls, &message.calls) { (call) throws(Full) in
                try self.message(kezek__v1__stats_reply__call__init) { (inner) throws(Full) in
                    inner.name = try text(call.name)
                    inner.answered = call.answered
                    inner.refused = call.refused
                    inner.p50_ns = call.p50
                    inner.p99_ns = call.p99
                    inner.p999_ns = call.p999
                    inner.max_ns = call.max
                }
            }
        }
    }
}

extension WireReader {
    func health(_ message: Kezek__V1__HealthReply) throws(Refusal) -> Health {
        Health(
            parts: try list(message.n_parts, message.parts) { (part) throws(Refusal) in
                Health.Part(
                    name: try text(part.name, "parts.name"),
                    isServing: part.state == KEZEK__V1__HEALTH_STATE__HEALTH_STATE_SERVING,
                    detail: try text(part.detail, "parts.detail"))
            })
    }

    func description(_ message: Kezek__V1__DescribeReply) throws(Refusal) -> ServerDescription {
        ServerDescription(
            version: try text(message.version, "version"),
            fileDescriptorSet: column(
                message.file_descriptor_set.len, message.file_descriptor_set.data),
            limits: try list(message.n_limits, message.limits) { (limit) throws(Refusal) in
                ServerDescription.Limit(
                    name: try text(limit.name, "limits.name"), value: limit.value)
            })
    }

    func stats(_ message: Kezek__V1__StatsReply) throws(Refusal) -> ServerStatistics {
        ServerStatistics(
            uptimeSeconds: message.uptime_seconds, openConnections: message.open_connections,
            acceptedConnections: message.accepted_connections,
            closedForCause: message.closed_for_cause,
            failedAuthentications: message.failed_authentications, bytesIn: message.bytes_in,
            bytesOut: message.bytes_out,
            calls: try list(message.n_calls, message.calls) { (call) throws(Refusal) in
                ServerStatistics.CallStatistics(
                    name: try text(call.name, "calls.name"), answered: call.answered,
                    refused: call.refused, p50: call.p50_ns, p99: call.p99_ns,
                    p999: call.p999_ns, max: call.max_ns)
            })
    }
}

extension WireReader {
    func authentication(
        _ message: Kezek__V1__AuthenticateReply
    ) throws(Refusal) -> Authentication {
        guard message.open == 0 else { return Authentication(rights: nil) }
        var offices: Set<OfficeID> = []
        for item in column(message.n_offices, message.offices) {
            offices.insert(try office(item, "offices"))
        }
        guard let expires = Timestamp(second: message.expires_at) else {
            throw unknownValue("expires_at")
        }
        return Authentication(
            rights: Authentication.Rights(
                role: try choice(message.role.rawValue, "role"),
                offices: offices.isEmpty ? .all : .only(offices), expiresAt: expires))
    }
}
