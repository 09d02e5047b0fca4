// SPDX-License-Identifier: Apache-2.0

/// How large a problem may be.
public enum ProblemLimits {
    public static let visits = 10_000
    public static let shifts = 5_000
    /// Visits times shifts: what each visit knows about each shift is kept in a table.
    public static let pairs = 8_000_000
    public static let capacities = 8
    public static let lunchesPerShift = 8
    public static let windowsPerVisit = 512
    /// The longest service, set-up or lunch, in seconds.
    public static let duration = 1 << 26
    /// From the start of the first shift to the end of the last, in seconds.
    public static let span = 1 << 29
    /// The greatest demand or capacity.
    public static let amount = 1 << 29
    /// The latest and, negative, the earliest moment, in seconds.
    public static let moment = 1 << 50
}
