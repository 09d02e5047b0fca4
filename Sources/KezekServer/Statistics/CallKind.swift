// SPDX-License-Identifier: Apache-2.0

import Enquiries
import KezekWire

/// The calls as statistics count them.
///
/// The name is the field's in `kezek.v1.Request`.
enum CallKind: Int, CaseIterable {
    case dueDate, dueDates, latestStart, timeLeft, workingTime, officeHours, standards
    case addWorkingDays, countWorkingDays, calendarDays, balance, calendarChanges
    case health, describe, stats
    /// A frame that is no call.
    case undecodable

    init(_ call: Call) {
        self =
            switch call {
            case .question(.dueDate): .dueDate
            case .question(.dueDates): .dueDates
            case .question(.latestStart): .latestStart
            case .question(.timeLeft): .timeLeft
            case .question(.workingTime): .workingTime
            case .question(.officeHours): .officeHours
            case .question(.standards): .standards
            case .question(.addWorkingDays): .addWorkingDays
            case .question(.countWorkingDays): .countWorkingDays
            case .question(.calendarDays): .calendarDays
            case .question(.balance): .balance
            case .question(.calendarChanges): .calendarChanges
            case .health: .health
            case .describe: .describe
            case .stats: .stats
            }
    }

    var name: String {
        switch self {
        case .dueDate: "due_date"
        case .dueDates: "due_dates"
        case .latestStart: "latest_start"
        case .timeLeft: "time_left"
        case .workingTime: "working_time"
        case .officeHours: "office_hours"
        case .standards: "standards"
        case .addWorkingDays: "add_working_days"
        case .countWorkingDays: "count_working_days"
        case .calendarDays: "calendar_days"
        case .balance: "balance"
        case .calendarChanges: "calendar_changes"
        case .health: "health"
        case .describe: "describe"
        case .stats: "stats"
        case .undecodable: "undecodable"
        }
    }
}
