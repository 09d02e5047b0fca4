// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties

extension ApplicationID: Comparable, LosslessStringConvertible {
    /// Nil unless the text is an office, a date and a number from 1 on, with slashes between them.
    ///
    ///     ApplicationID("astana-1/2026-03-19/7")!.number  // 7
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, let office = OfficeID(String(parts[0])),
            let date = CivilDate(String(parts[1])), let number = UInt32(parts[2]), number > 0,
            "\(number)" == parts[2]
        else { return nil }
        self.init(office: office, date: date, number: number)
    }

    public var description: String { "\(office)/\(date)/\(number)" }

    public static func < (a: ApplicationID, b: ApplicationID) -> Bool {
        (a.office, a.date, a.number) < (b.office, b.date, b.number)
    }
}
