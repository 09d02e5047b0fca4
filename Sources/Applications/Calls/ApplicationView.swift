// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// An application as it stands, with its names.
public struct ApplicationView: Hashable, Sendable {
    /// The clock that runs.
    public struct Clock: Hashable, Sendable {
        public let kind: ClockKind
        public let start: CivilDateTime
        /// Nil where the standard sets no end.
        public let end: Deadline?

        public init(kind: ClockKind, start: CivilDateTime, end: Deadline?) {
            self.kind = kind
            self.start = start
            self.end = end
        }
    }

    /// What the service came to.
    public struct Result: Hashable, Sendable {
        public let at: CivilDateTime
        /// The ground of a refusal by its name in the standard; nil if it was granted.
        public let ground: String?
        /// The provider's words; empty if there are none.
        public let note: String

        public init(at: CivilDateTime, ground: String?, note: String) {
            self.at = at
            self.ground = ground
            self.note = note
        }
    }

    public let id: ApplicationID
    /// The revision of the register that this is of.
    public let revision: UInt32
    public let standard: String
    public let channel: String
    public let profile: ApplicantProfile
    public let consent: Consent?
    public let documents: [PresentedDocument]
    public let ticket: String
    public let handedInAt: CivilDateTime
    public let phase: Phase
    public let changedAt: CivilDateTime
    /// The end of the term; nil for what was declined, and while it stands still.
    public let due: Deadline?
    public let clock: Clock?
    public let suspended: [SuspendedTime]
    public let result: Result?
    public let recipient: Recipient?
    /// Why the papers were declined (R9.3); empty if they were not.
    public let failing: [ApplicationRefusal.FailingDocument]
    /// Why the applicant took it back; empty if nothing was said, or it was not.
    public let withdrawal: String

    public init(
        id: ApplicationID, revision: UInt32, standard: String, channel: String,
        profile: ApplicantProfile, consent: Consent?, documents: [PresentedDocument],
        ticket: String, handedInAt: CivilDateTime, phase: Phase, changedAt: CivilDateTime,
        due: Deadline?, clock: Clock?, suspended: [SuspendedTime], result: Result?,
        recipient: Recipient?, failing: [ApplicationRefusal.FailingDocument] = [],
        withdrawal: String = ""
    ) {
        self.id = id
        self.revision = revision
        self.standard = standard
        self.channel = channel
        self.profile = profile
        self.consent = consent
        self.documents = documents
        self.ticket = ticket
        self.handedInAt = handedInAt
        self.phase = phase
        self.changedAt = changedAt
        self.due = due
        self.clock = clock
        self.suspended = suspended
        self.result = result
        self.recipient = recipient
        self.failing = failing
        self.withdrawal = withdrawal
    }
}

extension ApplicationRegister {
    /// The application of an id as it stands; nil if there is none.
    public func view(_ id: ApplicationID) -> ApplicationView? {
        guard let application = application(id.number) else { return nil }
        let handIn = application.handIn
        return ApplicationView(
            id: id, revision: revision, standard: application.standard,
            channel: terms.channels[Int(handIn.channel)],
            profile: ApplicantProfile(
                group: terms.groups[Int(handIn.group)], isRetrained: handIn.isRetrained,
                holdsCategory: handIn.holdsCategory), consent: handIn.consent,
            documents: handIn.documents.map {
                PresentedDocument(
                    id: terms.documents[Int($0.place)], original: $0.original, copy: $0.copy,
                    expires: $0.expires)
            }, ticket: handIn.ticket, handedInAt: handIn.at, phase: application.phase,
            changedAt: application.changedAt, due: application.due,
            clock: application.phase.clock.map {
                ApplicationView.Clock(
                    kind: $0, start: application.clockStart, end: application.clock)
            }, suspended: application.suspended, result: result(of: application),
            recipient: application.recipient,
            failing: application.failing.map {
                .init(id: terms.documents[Int($0.place)], problems: $0.problems)
            }, withdrawal: application.withdrawal)
    }

    private func result(of application: Application) -> ApplicationView.Result? {
        guard let at = application.completedAt else { return nil }
        return switch application.outcome {
        case .refused(let ground, let note):
            ApplicationView.Result(at: at, ground: terms.grounds[Int(ground)], note: note)
        case .granted(let note): ApplicationView.Result(at: at, ground: nil, note: note)
        case nil: ApplicationView.Result(at: at, ground: nil, note: "")
        }
    }
}
