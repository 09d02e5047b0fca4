// SPDX-License-Identifier: Apache-2.0

import Queue
import Texts

/// Reads how an office runs its queue; what is not there keeps its default.
enum OfficeRulesSection {
    static func rules(
        _ field: Field, _ collector: FaultCollector
    ) throws(FileFault) -> QueueRules {
        var fields = try field.fields()
        var rules = QueueRules()
        func duration(
            _ name: String, _ seconds: ClosedRange<Int>, _ path: WritableKeyPath<QueueRules, Int32>
        ) {
            let (whole, exact) = (
                fields.optional("\(name)-minutes"), fields.optional("\(name)-seconds")
            )
            if whole != nil, let exact {
                collector.add(exact.fault("expected none beside '\(name)-minutes'"))
            }
            let minutes = (seconds.lowerBound + 59) / 60...seconds.upperBound / 60
            number(whole, minutes, 60, path)
            number(exact, seconds, 1, path)
        }
        func number(
            _ field: Field?, _ range: ClosedRange<Int>, _ factor: Int,
            _ path: WritableKeyPath<QueueRules, Int32>
        ) {
            let value = collector.attempt { () throws(FileFault) in try field?.number(range) }
            if let value, let value { rules[keyPath: path] = Int32(value * factor) }
        }
        duration("hold", OfficeLimits.holdSeconds, \.holdSeconds)
        duration("grace", OfficeLimits.graceSeconds, \.graceSeconds)
        duration("lead", OfficeLimits.leadSeconds, \.leadSeconds)
        duration("rerelease", OfficeLimits.rereleaseSeconds, \.rereleaseSeconds)
        number(fields.optional("horizon-days"), OfficeLimits.horizonDays, 1, \.horizonDays)
        number(fields.optional("slot-minutes"), OfficeLimits.slotMinutes, 1, \.slotMinutes)
        number(fields.optional("portal-percent"), OfficeLimits.percent, 1, \.portalPercent)
        number(fields.optional("kiosk-percent"), OfficeLimits.percent, 1, \.kioskPercent)
        number(fields.optional("calls"), OfficeLimits.calls, 1, \.callLimit)
        number(
            fields.optional("further-services"), 0...QueueOffice.furtherLimit, 1, \.furtherServices)
        try fields.finish()
        return rules
    }
}
