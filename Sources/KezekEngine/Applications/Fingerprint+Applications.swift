// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Parties

extension Fingerprint {
    /// The fingerprint of a command on applications.
    ///
    /// Who applies goes in as the keyed hash: the fingerprint is recorded, and must not tell. It is
    /// that of the earliest key, so that a repeat is known when a key is added.
    init(_ command: ApplicationCommand, _ keys: ApplicantKeys) {
        self.init()
        switch command {
        case .accept(let handIn):
            add(40)
            add(handIn, keys)
        case .decline(let handIn):
            add(41)
            add(handIn, keys)
        case .act(let id, let action):
            add(id.number)
            add(action)
        }
    }

    private mutating func add(_ handIn: HandIn, _ keys: ApplicantKeys) {
        add(keys.earliest(handIn.applicant))
        add(handIn.channel)
        add(handIn.profile.group)
        add((handIn.profile.isRetrained ? 1 : 0) + (handIn.profile.holdsCategory ? 2 : 0))
        add(handIn.consent?.rawValue ?? 0)
        add(handIn.at?.date.dayNumber ?? 0)
        add(handIn.at?.time.second ?? -1)
        add(handIn.ticket)
        for document in handIn.documents {
            add(document.id)
            add((document.original ? 1 : 0) + (document.copy ? 2 : 0))
            add(document.expires?.dayNumber ?? .min)
        }
    }

    private mutating func add(_ action: ApplicationAction) {
        switch action {
        case .suspend(let reason, let date):
            add(42)
            add(reason)
            add(date.dayNumber)
        case .resume: add(43)
        case .complete(let ground, let note):
            add(44)
            add(ground ?? "")
            add(note)
        case .handOver(let recipient):
            add(45)
            add(recipient.rawValue)
        case .returnUnclaimed: add(46)
        case .request: add(47)
        case .redeliver: add(48)
        case .withdraw(let reason):
            add(49)
            add(reason)
        }
    }
}
