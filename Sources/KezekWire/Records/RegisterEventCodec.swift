// SPDX-License-Identifier: Apache-2.0

public import Applications
import CKezekWire
import CivilTime
import Enquiries
import Parties

/// The events of a register from and to bytes: `kezek.journal.v1.RegisterEntry`.
///
/// The arena is the caller's to reset before each call.
public enum RegisterEventCodec {
    /// The bytes of one entry.
    ///
    /// `words` hides what was typed about the person of an application, by its number; but for that
    /// the same events have one encoding.
    public static func encode(
        _ events: [ApplicationEvent], _ arena: Arena, words: WordSealing
    ) -> [UInt8] {
        Records.pack(
            arena, size: kezek__journal__v1__register_entry__get_packed_size,
            pack: kezek__journal__v1__register_entry__pack
        ) { (writer) throws(WireWriter.Full) in
            try writer.message(kezek__journal__v1__register_entry__init) {
                (message) throws(WireWriter.Full) in
                message.version = Records.version
                try writer.list(events, &message.n_events, &message.events) {
                    (event) throws(WireWriter.Full) in try writer.event(event, words)
                }
            }
        }
    }

    /// The events of an entry.
    ///
    /// - Throws: ``RecordFailure`` if the bytes are no such record, of another version, or hold
    ///   something that this program does not know.
    public static func decode(
        _ bytes: [UInt8], _ arena: Arena, words: WordUnsealing
    ) throws(RecordFailure) -> [ApplicationEvent] {
        try Records.read(
            bytes, arena, "RegisterEntry", unpack: kezek__journal__v1__register_entry__unpack,
            version: \.version
        ) { (reader, message) throws(Refusal) in
            try reader.list(message.n_events, message.events) { (inner) throws(Refusal) in
                try reader.event(inner, words)
            }
        }
    }
}

extension WireWriter {
    fileprivate func event(
        _ event: ApplicationEvent, _ words: WordSealing
    ) throws(Full) -> UnsafeMutablePointer<Kezek__Journal__V1__RegisterEvent> {
        try message(kezek__journal__v1__register_event__init) { (message) throws(Full) in
            switch event {
            case .opened(let terms):
                message.event_case = KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_OPENED
                message.opened = try opened(terms)
            case .accepted(let handIn, let due):
                message.event_case = KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_ACCEPTED
                message.accepted = try self.message(
                    kezek__journal__v1__application_accepted__init
                ) { (inner) throws(Full) in
                    inner.hand_in = try self.handedIn(handIn)
                    inner.due = try clockEnd(due)
                }
            case .declined(let handIn, let failing):
                message.event_case = KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_DECLINED
                message.declined = try declined(handIn, failing)
            case .suspended(let number, let at, let review, let reason):
                message.event_case = KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_SUSPENDED
                message.suspended = try self.message(
                    kezek__journal__v1__application_suspended__init
                ) { (inner) throws(Full) in
                    inner.number = number
                    inner.at = try moment(at)
                    inner.review = try clockEnd(review)
                    try fill(
                        reason, of: number, words, &inner.reason, &inner.sealed_reason)
                }
            case .reviewSet(let number, let at, let review, let reason):
                message.event_case = KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_REVIEW_SET
                message.review_set = try clockSet(number, at, review)
                try fill(
                    reason, of: number, words, &message.review_set.pointee.reason,
                    &message.review_set.pointee.sealed_reason)
            case .resumed(let number, let at, let due):
                message.event_case = KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_RESUMED
                message.resumed = try clockSet(number, at, due)
            case .requested(let number, let at, let redelivery):
                message.event_case = KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_REQUESTED
                message.requested = try clockSet(number, at, redelivery)
            default: try fillResult(&message, event, words)
            }
        }
    }

    private func fillResult(
        _ message: inout Kezek__Journal__V1__RegisterEvent, _ event: ApplicationEvent,
        _ words: WordSealing
    ) throws(Full) {
        switch event {
        case .completed(let number, let at, let outcome, let storage):
            message.event_case = KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_COMPLETED
            message.completed = try completed(number, at, outcome, storage, words)
        case .handedOver(let number, let at, let recipient):
            message.event_case = KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_HANDED_OVER
            message.handed_over = try self.message(
                kezek__journal__v1__result_handed_over__init
            ) { (inner) throws(Full) in
                inner.number = number
                inner.at = try moment(at)
                inner.to = Kezek__V1__Recipient(UInt32(recipient.rawValue))
            }
        case .returned(let number, let at):
            message.event_case = KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_RETURNED
            message.returned = try self.message(
                kezek__journal__v1__application_moment__init
            ) { (inner) throws(Full) in
                inner.number = number
                inner.at = try moment(at)
            }
        case .redelivered(let number, let at, let storage):
            message.event_case = KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_REDELIVERED
            message.redelivered = try self.message(kezek__journal__v1__result_back__init) {
                (inner) throws(Full) in
                inner.number = number
                inner.at = try moment(at)
                inner.storage = try self.storage(storage)
            }
        case .withdrawn(let number, let at, let reason):
            message.event_case = KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_WITHDRAWN
            message.withdrawn = try self.message(
                kezek__journal__v1__application_withdrawn__init
            ) { (inner) throws(Full) in
                inner.number = number
                inner.at = try moment(at)
                try fill(reason, of: number, words, &inner.reason, &inner.sealed_reason)
            }
        case .clockMoved(let number, let deadline):
            message.event_case = KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_CLOCK_MOVED
            message.clock_moved = try self.message(kezek__journal__v1__clock_moved__init) {
                (inner) throws(Full) in
                inner.number = number
                inner.to = try clockEnd(deadline)
            }
        case .termJudged(let number, let deadline):
            message.event_case = KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_TERM_JUDGED
            message.term_judged = try self.message(kezek__journal__v1__clock_moved__init) {
                (inner) throws(Full) in
                inner.number = number
                inner.to = try clockEnd(deadline)
            }
        case .opened, .accepted, .declined, .suspended, .reviewSet, .resumed, .requested:
            preconditionFailure("written above")
        }
    }

    private func opened(
        _ terms: RegisterTerms
    ) throws(Full) -> UnsafeMutablePointer<Kezek__Journal__V1__RegisterOpened> {
        try message(kezek__journal__v1__register_opened__init) { (message) throws(Full) in
            message.standard = try text(terms.standard)
            message.kind = try text(terms.kind)
            try texts(terms.channels, &message.n_channels, &message.channels)
            try texts(terms.groups, &message.n_groups, &message.groups)
            try texts(terms.documents, &message.n_documents, &message.documents)
            try texts(terms.grounds, &message.n_grounds, &message.grounds)
        }
    }

    private func handedIn(
        _ handIn: RegisteredHandIn
    ) throws(Full) -> UnsafeMutablePointer<Kezek__Journal__V1__HandedIn> {
        try message(kezek__journal__v1__handed_in__init) { (message) throws(Full) in
            message.number = handIn.number
            message.applicant_high = handIn.applicant.high
            message.applicant_low = handIn.applicant.low
            message.channel = UInt32(handIn.channel)
            message.group = UInt32(handIn.group)
            message.retrained = handIn.isRetrained ? 1 : 0
            message.category_held = handIn.holdsCategory ? 1 : 0
            message.consent = Kezek__V1__Consent(UInt32(handIn.consent?.rawValue ?? 0))
            let documents = handIn.documents
            try column(
                documents.map { UInt32($0.place) }, &message.n_document, &message.document)
            try column(
                documents.map { ($0.original ? 1 : 0) + ($0.copy ? 2 : 0) }, &message.n_shown,
                &message.shown)
            try column(
                documents.map { $0.expires?.dayNumber ?? .min }, &message.n_expires,
                &message.expires)
            message.ticket = try text(handIn.ticket)
            message.at = try moment(handIn.at)
        }
    }

    private func declined(
        _ handIn: RegisteredHandIn, _ failing: [RegisteredProblem]
    ) throws(Full) -> UnsafeMutablePointer<Kezek__Journal__V1__ApplicationDeclined> {
        try message(kezek__journal__v1__application_declined__init) {
            (message) throws(Full) in
            message.hand_in = try handedIn(handIn)
            try column(
                failing.map { UInt32($0.place) }, &message.n_document, &message.document)
            try column(
                failing.map { failing in
                    failing.problems.reduce(0) { $0 | 1 << UInt32($1.rawValue - 1) }
                }, &message.n_problems, &message.problems)
        }
    }

    private func clockSet(
        _ number: UInt32, _ at: CivilDateTime, _ end: Deadline
    ) throws(Full) -> UnsafeMutablePointer<Kezek__Journal__V1__ClockSet> {
        try message(kezek__journal__v1__clock_set__init) { (message) throws(Full) in
            message.number = number
            message.at = try moment(at)
            message.end = try clockEnd(end)
        }
    }

    private func completed(
        _ number: UInt32, _ at: CivilDateTime, _ outcome: ServiceOutcome,
        _ storage: ApplicationEvent.Storage?, _ words: WordSealing
    ) throws(Full) -> UnsafeMutablePointer<Kezek__Journal__V1__ResultReady> {
        try message(kezek__journal__v1__result_ready__init) { (message) throws(Full) in
            message.number = number
            message.at = try moment(at)
            switch outcome {
            case .granted(let note):
                try fill(note, of: number, words, &message.note, &message.sealed_note)
            case .refused(let ground, let note):
                message.refused = try self.message(
                    kezek__journal__v1__result_ready__refused__init
                ) { (inner) throws(Full) in
                    inner.ground = UInt32(ground)
                    try fill(note, of: number, words, &inner.note, &inner.sealed_note)
                }
            }
            message.storage = try self.storage(storage)
        }
    }

    private func storage(
        _ storage: ApplicationEvent.Storage?
    ) throws(Full) -> UnsafeMutablePointer<Kezek__Journal__V1__StorageTime>? {
        guard let storage else { return nil }
        return try message(kezek__journal__v1__storage_time__init) { (message) throws(Full) in
            message.from = try moment(storage.from)
            message.until = try clockEnd(storage.until)
        }
    }
}
