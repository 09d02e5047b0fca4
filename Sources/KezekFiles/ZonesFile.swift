// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Texts

/// Reads the time zones and their transitions.
enum ZonesFile {
    static func zones(_ root: Field) throws(FileFaults) -> [TimeZoneRules] {
        let collector = FaultCollector()
        var zones: [TimeZoneRules] = []
        _ = collector.attempt { () throws(FileFault) in
            var fields = try root.fields()
            for (name, value) in try fields.required("zones").entries() {
                zones.append(try zone(name, value))
            }
            try fields.finish()
        }
        try collector.finish()
        return zones
    }

    private static func zone(_ name: String, _ field: Field) throws(FileFault) -> TimeZoneRules {
        var fields = try field.fields()
        let offset = try offset(fields.required("offset"))
        var transitions: [TimeZoneRules.Transition] = []
        for item in try fields.required("transitions").items() {
            var inner = try item.fields()
            transitions.append(
                TimeZoneRules.Transition(
                    at: try inner.required("at").value("a time as YYYY-MM-DDTHH:MM:SSZ"),
                    offset: try self.offset(inner.required("offset"))))
            try inner.finish()
        }
        try fields.finish()
        guard
            let rules = TimeZoneRules(name: name, firstOffset: offset, transitions: transitions)
        else { throw field.fault("expected the transitions in rising order of 'at'") }
        return rules
    }

    private static func offset(_ field: Field) throws(FileFault) -> UTCOffset {
        guard let offset = UTCOffset(try field.text()) else {
            throw field.fault("expected an offset as \"+05:00\"")
        }
        return offset
    }
}
