// SPDX-License-Identifier: Apache-2.0

import CivilTime

/// How iCalendar writes its lines and values (RFC 5545).
enum ICalendarText {
    /// The lines of an object, each folded and ended as it must be.
    static func make(_ lines: [String]) -> String {
        lines.map(folded).joined(separator: "\r\n") + "\r\n"
    }

    /// 3.3.11: backslash, semicolon, comma and line break are escaped.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\", ";", ",": result += "\\\(character)"
            case _ where character.isNewline: result += "\\n"
            default: result.append(character)
            }
        }
        return result
    }

    /// 3.1: a line has at most 75 octets; it goes on after a line break and a space.
    static func folded(_ line: String) -> String {
        var result = ""
        var octets = 0
        // By scalars: a letter with many marks could be longer than a line.
        for scalar in line.unicodeScalars {
            let size = String(scalar).utf8.count
            if octets + size > 75 {
                result += "\r\n "
                octets = 1
            }
            result.unicodeScalars.append(scalar)
            octets += size
        }
        return result
    }

    /// 3.3.4: a date as `20260319`.
    static func digits(_ date: CivilDate) -> String { date.description.filter { $0 != "-" } }

    /// 3.3.5, form 1: a date and time without a zone, as `20260319T100000`.
    static func digits(_ moment: CivilDateTime) -> String {
        let time = [moment.time.hour, moment.time.minute, Int(moment.time.second) % 60]
            .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined()
        return "\(digits(moment.date))T\(time)"
    }
}
