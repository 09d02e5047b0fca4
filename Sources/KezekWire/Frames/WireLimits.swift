// SPDX-License-Identifier: Apache-2.0

/// What one message may hold.
///
/// Each is enforced where the bytes are read; `Docs/Protocol.md` says what happens beyond.
public enum WireLimits {
    /// The longest request frame, in bytes: room for a full bulk question.
    public static let requestFrame = 1 << 20
    /// The longest response frame that a client takes, in bytes.
    public static let responseFrame = 4 << 20
    /// The most memory that decoding one request may take, in bytes.
    ///
    /// A hostile frame can expand to many times its length.
    public static let decodedRequest = 8 << 20
    /// The most memory that decoding one response, or building one, may take, in bytes.
    public static let decodedResponse = 64 << 20
    /// The longest name in a request, in bytes.
    public static let name = 128
    /// The longest token, in bytes.
    public static let token = 128
    /// The most suspensions of one term.
    public static let suspensions = 100
    /// The longest reason for which a booking is cancelled, in bytes.
    public static let reason = 500
    /// The longest reference of another system to an applicant, in bytes.
    public static let reference = 64
    /// The longest name of a kiosk, in bytes.
    public static let kioskName = 64
    /// The most tickets in one report of a kiosk.
    public static let reportedTickets = 200
    /// The most documents that are shown at once.
    public static let documents = 100
    /// The longest name of a ticket beside an application, in bytes.
    public static let ticket = 8
    /// The most days of one question for the statistics of a queue.
    public static let statisticsDays = 366
    /// The minutes that a home visit takes, or takes longer.
    public static let visitMinutes = 1...480
    /// The minutes by which a crew goes on later.
    public static let crewDelayMinutes = 1...600
    /// The metres round the centre of a closed road, and the seconds that it costs.
    public static let closureMetres = 1...20_000
    public static let closureSeconds = 1...14_400
}
