// SPDX-License-Identifier: Apache-2.0

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
