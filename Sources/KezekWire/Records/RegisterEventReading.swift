// SPDX-License-Identifier: Apache-2.0

import Applications
import CKezekWire
import CivilTime
import Enquiries
import Parties

/// `kezek.journal.v1.RegisterEvent` read.
extension WireReader {
    func event(
        _ message: Kezek__Journal__V1__RegisterEvent, _ words: WordUnsealing
    ) throws(Refusal) -> ApplicationEvent {
        switch message.event_case {
        case KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_OPENED:
            return .opened(try opened(message.opened.pointee))
        case KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_ACCEPTED:
            let inner = message.accepted.pointee
            return .accepted(
                try given(inner.hand_in, "accepted.hand_in", handedIn),
                due: try clockEnd(inner.due, "accepted.due"))
        case KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_DECLINED:
            return try declined(message.declined.pointee)
        case KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_SUSPENDED:
            let inner = message.suspended.pointee
            return .suspended(
                try application(number: inner.number), at: try moment(inner.at, "suspended.at"),
                review: try clockEnd(inner.review, "suspended.review"),
                reason: try self.words(
                    inner.reason, inner.sealed_reason, words, "suspended.reason"))
        case KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_REVIEW_SET:
            let (number, at, end) = try clockSet(message.review_set.pointee)
            return .reviewSet(
                number, at: at, review: end,
                reason: try self.words(
                    message.review_set.pointee.reason, message.review_set.pointee.sealed_reason,
                    words, "review_set.reason"))
        case KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_RESUMED:
            let (number, at, end) = try clockSet(message.resumed.pointee)
            return .resumed(number, at: at, due: end)
        case KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_REQUESTED:
            let (number, at, end) = try clockSet(message.requested.pointee)
            return .requested(number, at: at, redelivery: end)
        default: return try resultEvent(message, words)
        }
    }

    private func resultEvent(
        _ message: Kezek__Journal__V1__RegisterEvent, _ words: WordUnsealing
    ) throws(Refusal) -> ApplicationEvent {
        switch message.event_case {
        case KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_COMPLETED:
            return try completed(message.completed.pointee, words)
        case KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_HANDED_OVER:
            let inner = message.handed_over.pointee
            return .handedOver(
                try application(number: inner.number), at: try moment(inner.at, "handed_over.at"),
                try choice(inner.to.rawValue, "handed_over.to"))
        case KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_RETURNED:
            let inner = message.returned.pointee
            return .returned(
                try application(number: inner.number), at: try moment(inner.at, "returned.at"))
        case KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_REDELIVERED:
            let inner = message.redelivered.pointee
            return .redelivered(
                try application(number: inner.number), at: try moment(inner.at, "redelivered.at"),
                storage: try storage(inner.storage))
        case KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_WITHDRAWN:
            let inner = message.withdrawn.pointee
            return .withdrawn(
                try application(number: inner.number), at: try moment(inner.at, "withdrawn.at"),
                reason: try self.words(
                    inner.reason, inner.sealed_reason, words, "withdrawn.reason"))
        case KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_CLOCK_MOVED:
            let inner = message.clock_moved.pointee
            return .clockMoved(
                try application(number: inner.number), to: try clockEnd(inner.to, "clock_moved.to"))
        case KEZEK__JOURNAL__V1__REGISTER_EVENT__EVENT_TERM_JUDGED:
            let inner = message.term_judged.pointee
            return .termJudged(
                try application(number: inner.number), by: try clockEnd(inner.to, "term_judged.to"))
        default: throw unknownValue("event")
        }
    }

    private func application(number: UInt32) throws(Refusal) -> UInt32 {
        UInt32(try self.number(number, 1...ApplicationRegister.applicationLimit, "number"))
    }

    private func opened(
        _ message: Kezek__Journal__V1__RegisterOpened
    ) throws(Refusal) -> RegisterTerms {
        func names(
            _ count: Int, _ items: UnsafeMutablePointer<ProtobufCBinaryData>?
        ) throws(Refusal) -> [String] {
            try limit(count, RegisterTerms.nameLimit, "opened")
            var names: [String] = []
            for item in column(count, items) { names.append(try text(item, "opened")) }
            return names
        }
        return RegisterTerms(
            standard: try text(message.standard, "opened.standard"),
            kind: try text(message.kind, "opened.kind"),
            channels: try names(message.n_channels, message.channels),
            groups: try names(message.n_groups, message.groups),
            documents: try names(message.n_documents, message.documents),
            grounds: try names(message.n_grounds, message.grounds))
    }

    private func place(_ value: UInt32, _ field: StaticString) throws(Refusal) -> UInt8 {
        UInt8(try number(value, 0...RegisterTerms.nameLimit - 1, field))
    }

    private func handedIn(
        _ message: Kezek__Journal__V1__HandedIn
    ) throws(Refusal) -> RegisteredHandIn {
        let count = message.n_document
        guard message.n_shown == count, message.n_expires == count else {
            throw unknownValue("document")
        }
        var documents: [RegisteredDocument] = []
        documents.reserveCapacity(count)
        for index in 0..<count {
            let expires = message.expires[index]
            documents.append(
                RegisteredDocument(
                    place: try place(message.document[index], "document"),
                    original: message.shown[index] & 1 != 0, copy: message.shown[index] & 2 != 0,
                    expires: expires == .min ? nil : try date(expires, "expires")))
        }
        return RegisteredHandIn(
            number: try application(number: message.number),
            applicant: Applicant(high: message.applicant_high, low: message.applicant_low),
            channel: try place(message.channel, "channel"),
            group: try place(message.group, "group"), isRetrained: message.retrained != 0,
            holdsCategory: message.category_held != 0,
            consent: try consent(message.consent.rawValue), documents: documents,
            ticket: try text(message.ticket, "ticket"), at: try moment(message.at, "at"))
    }

    private func declined(
        _ message: Kezek__Journal__V1__ApplicationDeclined
    ) throws(Refusal) -> ApplicationEvent {
        let count = message.n_document
        guard message.n_problems == count else { throw unknownValue("declined.document") }
        var failing: [RegisteredProblem] = []
        for index in 0..<count {
            let bits = message.problems[index]
            failing.append(
                RegisteredProblem(
                    place: try place(message.document[index], "declined.document"),
                    problems: IntakeProblem.allCases.filter {
                        bits & 1 << UInt32($0.rawValue - 1) != 0
                    }))
        }
        return .declined(
            try given(message.hand_in, "declined.hand_in", handedIn), failing: failing)
    }

    private func clockSet(
        _ message: Kezek__Journal__V1__ClockSet
    ) throws(Refusal) -> (UInt32, CivilDateTime, Deadline) {
        (
            try application(number: message.number), try moment(message.at, "clock.at"),
            try clockEnd(message.end, "clock.end")
        )
    }

    private func completed(
        _ message: Kezek__Journal__V1__ResultReady, _ words: WordUnsealing
    ) throws(Refusal) -> ApplicationEvent {
        let outcome: ServiceOutcome
        if let refused = message.refused?.pointee {
            outcome = .refused(
                ground: try place(refused.ground, "completed.ground"),
                note: try self.words(
                    refused.note, refused.sealed_note, words, "completed.note"))
        } else {
            outcome = .granted(
                note: try self.words(
                    message.note, message.sealed_note, words, "completed.note"))
        }
        return .completed(
            try application(number: message.number), at: try moment(message.at, "completed.at"),
            outcome, storage: try storage(message.storage))
    }

    private func storage(
        _ message: UnsafeMutablePointer<Kezek__Journal__V1__StorageTime>?
    ) throws(Refusal) -> ApplicationEvent.Storage? {
        guard let message = message?.pointee else { return nil }
        return ApplicationEvent.Storage(
            from: try moment(message.from, "storage.from"),
            until: try clockEnd(message.until, "storage.until"))
    }
}
