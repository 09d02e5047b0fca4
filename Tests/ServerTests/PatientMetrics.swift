// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekWire
import TestKit
import Testing

@testable import KezekServer

extension MetricsSettings {
    /// A reader has as long as the tests wait: a busy machine may take its time to come to a request.
    static func patient(
        _ address: Endpoint, others: @escaping @Sendable () -> [MetricFamily] = { [] }
    ) -> Self {
        var settings = Self(address: address, others: others)
        settings.seconds = Int64(Patience.seconds)
        settings.secondsToAsk = settings.seconds
        return settings
    }
}

extension LiveServer {
    /// What a reader of its metrics gets.
    func metricsPage() async throws -> Exposition {
        let connection = try RawConnection(try #require(metrics))
        connection.send(Array("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
        let answer = String(decoding: await connection.readToEnd(), as: UTF8.self)
        let body = try #require(answer.range(of: "\r\n\r\n")).upperBound
        return try Exposition(String(answer[body...]))
    }
}
