// SPDX-License-Identifier: Apache-2.0

import KezekWire
import TestKit

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
