// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import Enquiries
public import Parties
import ServiceStandards
import Texts

extension ApplicationRegister {
    /// What accepting papers would record.
    ///
    /// - Throws: the first refusal that applies, in the order in which ``ApplicationRefusal`` lists
    ///   them.
    public func accept(
        _ handIn: HandIn, of applicant: Applicant, at now: CivilDateTime, _ clocks: ServiceClocks
    ) throws(ApplicationRefusal) -> [ApplicationEvent] {
        let checked = try check(handIn, of: applicant, at: now, clocks)
        guard checked.report.isComplete else { throw .incomplete(checked.report.failingDocuments) }
        guard handIn.consent != nil else { throw .consentMissing }
        let due: Deadline
        do throws(Refusal) {
            due = try clocks.deadline(handIn.channel, from: checked.record.at, isNew: true)
        } catch { throw .clock(error) }
        return checked.opening + [.accepted(checked.record, due: due)]
    }

    /// What declining papers would record (R9.3).
    ///
    /// - Throws: as ``accept(_:of:at:_:)``, but `nothingMissing` where that would accept.
    public func decline(
        _ handIn: HandIn, of applicant: Applicant, at now: CivilDateTime, _ clocks: ServiceClocks
    ) throws(ApplicationRefusal) -> [ApplicationEvent] {
        let checked = try check(handIn, of: applicant, at: now, clocks)
        guard !checked.report.isComplete else { throw .nothingMissing }
        return checked.opening + [
            .declined(checked.record, failing: checked.report.registered(checked.terms))
        ]
    }

    /// What an action on an application would record.
    public func decide(
        _ action: ApplicationAction, on id: ApplicationID, at now: CivilDateTime,
        _ clocks: ServiceClocks
    ) throws(ApplicationRefusal) -> [ApplicationEvent] {
        guard let application = application(id.number), application.phase != .declined else {
            throw .unknownApplication(id)
        }
        switch action {
        case .suspend(let reason, let date):
            return [try suspend(application, id, reason, date, now, clocks)]
        case .resume: return [try resume(application, id, now, clocks)]
        case .complete(let ground, let note):
            return try complete(application, id, ground, note, now, clocks)
        case .handOver(let recipient):
            return [try handOver(application, id, recipient, now, clocks)]
        case .returnUnclaimed: return [try returnUnclaimed(application, id, now)]
        case .request: return [try request(application, id, now, clocks)]
        case .redeliver: return [try redeliver(application, id, now, clocks)]
        case .withdraw(let reason): return [try withdraw(application, id, reason, now)]
        }
    }

    // MARK: Handing in

    private struct Checked {
        let opening: [ApplicationEvent]
        let report: IntakeReport
        let record: RegisteredHandIn
        let terms: RegisterTerms
    }

    private func check(
        _ handIn: HandIn, of applicant: Applicant, at now: CivilDateTime, _ clocks: ServiceClocks
    ) throws(ApplicationRefusal) -> Checked {
        let standard = clocks.standard
        guard let channel = standard.channels.first(where: { $0.id == handIn.channel }) else {
            throw .unknownChannel(handIn.channel, known: standard.channels.map(\.id))
        }
        guard channel.office == clocks.kind.id else {
            throw .channelElsewhere(channel.id, kind: channel.office)
        }
        let at = handIn.at ?? now
        guard at <= now, at.date == now.date else { throw .impossibleTime(at) }
        let report: IntakeReport
        do throws(IntakeFault) {
            report = try standard.check(handIn.documents, of: handIn.profile, on: at.date)
        } catch { throw .intake(error) }
        guard applications.count < ApplicationRegister.applicationLimit,
            let terms = RegisterTerms(standard, kind: clocks.kind.id, keeping: terms)
        else { throw .registerFull }
        return Checked(
            opening: terms == self.terms ? [] : [.opened(terms)], report: report,
            record: record(handIn, applicant, at, standard, terms), terms: terms)
    }

    /// The papers with every name in its place; what is not among the terms was refused before.
    private func record(
        _ handIn: HandIn, _ applicant: Applicant, _ at: CivilDateTime,
        _ standard: ServiceStandard, _ terms: RegisterTerms
    ) -> RegisteredHandIn {
        RegisteredHandIn(
            number: UInt32(applications.count) + 1, applicant: applicant,
            channel: terms.channels.place(of: handIn.channel)!,
            group: terms.groups.place(of: handIn.profile.group)!,
            isRetrained: handIn.profile.isRetrained,
            holdsCategory: handIn.profile.holdsCategory, consent: handIn.consent,
            documents: handIn.documents.map {
                RegisteredDocument(
                    place: terms.documents.place(of: standard.document($0.id)!.id)!,
                    original: $0.original, copy: $0.copy, expires: $0.expires)
            }, ticket: handIn.ticket, at: at)
    }

    // MARK: The term

    private func suspend(
        _ application: Application, _ id: ApplicationID, _ reason: String, _ date: CivilDate,
        _ now: CivilDateTime, _ clocks: ServiceClocks
    ) throws(ApplicationRefusal) -> ApplicationEvent {
        guard !reason.isBlank else {
            // A term is suspended for a reason; another day of review may do without.
            throw application.phase == .accepted ? .reasonMissing : .wordsBlank(field: "reason")
        }
        guard [.accepted, .suspended].contains(application.phase) else {
            throw .phaseIs(id, application.phase)
        }
        let days = now.date.days(until: date)
        guard (1...366).contains(days) else { throw .reviewDate(date) }
        let review = clocks.review(by: date, today: now.date)
        guard application.phase == .accepted else {
            guard (application.suspended.last?.reviews.count ?? 0) < Application.reviewLimit else {
                throw .suspendedTooOften
            }
            return .reviewSet(id.number, at: now, review: review, reason: reason)
        }
        guard !reason.isEmpty else { throw .reasonMissing }
        guard application.suspended.count < Application.suspensionLimit else {
            throw .suspendedTooOften
        }
        // At the very end nothing is left that could stand still.
        if let due = application.due, now >= due.at { throw .overdue(since: due.at) }
        return .suspended(id.number, at: now, review: review, reason: reason)
    }

    private func resume(
        _ application: Application, _ id: ApplicationID, _ now: CivilDateTime,
        _ clocks: ServiceClocks
    ) throws(ApplicationRefusal) -> ApplicationEvent {
        guard application.phase == .suspended else { throw .phaseIs(id, application.phase) }
        var resumed = application
        resumed.suspended[resumed.suspended.count - 1].until = now
        let channel = terms.channels[Int(application.handIn.channel)]
        do throws(Refusal) {
            return .resumed(
                id.number, at: now,
                due: try clocks.resumed(channel, resumed, at: now))
        } catch { throw .clock(error) }
    }

    private func complete(
        _ application: Application, _ id: ApplicationID, _ ground: String?, _ note: String,
        _ now: CivilDateTime, _ clocks: ServiceClocks
    ) throws(ApplicationRefusal) -> [ApplicationEvent] {
        guard !note.isBlank else { throw .wordsBlank(field: "note") }
        var outcome = ServiceOutcome.granted(note: note)
        var opening: [ApplicationEvent] = []
        if let ground {
            let known = clocks.standard.refusals.filter { $0.at == .decision }.map(\.id)
            guard let terms = terms.gaining(the: clocks.standard) else { throw .registerFull }
            guard known.contains(ground), let place = terms.grounds.place(of: ground) else {
                throw .unknownGround(ground, known: known)
            }
            if terms != self.terms { opening = [.opened(terms)] }
            outcome = .refused(ground: place, note: note)
        }
        guard application.phase == .accepted else { throw .phaseIs(id, application.phase) }
        do throws(Refusal) {
            let storage = try clocks.storage(readyAt: now, due: application.due?.at)
            return opening + [.completed(id.number, at: now, outcome, storage: storage)]
        } catch { throw .clock(error) }
    }

    private func withdraw(
        _ application: Application, _ id: ApplicationID, _ reason: String, _ now: CivilDateTime
    ) throws(ApplicationRefusal) -> ApplicationEvent {
        guard !reason.isBlank else { throw .wordsBlank(field: "reason") }
        guard [.accepted, .suspended].contains(application.phase) else {
            throw .phaseIs(id, application.phase)
        }
        return .withdrawn(id.number, at: now, reason: reason)
    }

    // MARK: The result

    private func handOver(
        _ application: Application, _ id: ApplicationID, _ recipient: Recipient,
        _ now: CivilDateTime, _ clocks: ServiceClocks
    ) throws(ApplicationRefusal) -> ApplicationEvent {
        // Where nobody has to send it again, it has never left the house.
        let isHere =
            application.phase == .ready
            || application.phase == .unclaimed && clocks.keeping?.redelivery == nil
        guard isHere else { throw .phaseIs(id, application.phase) }
        return .handedOver(id.number, at: now, recipient)
    }

    private func returnUnclaimed(
        _ application: Application, _ id: ApplicationID, _ now: CivilDateTime
    ) throws(ApplicationRefusal) -> ApplicationEvent {
        guard application.phase == .ready else { throw .phaseIs(id, application.phase) }
        if let kept = application.clock, now <= kept.at { throw .stillKept(until: kept.at) }
        return .returned(id.number, at: now)
    }

    private func request(
        _ application: Application, _ id: ApplicationID, _ now: CivilDateTime,
        _ clocks: ServiceClocks
    ) throws(ApplicationRefusal) -> ApplicationEvent {
        guard application.phase == .unclaimed else { throw .phaseIs(id, application.phase) }
        guard let redelivery = clocks.keeping?.redelivery else { throw .nobodyToAsk }
        do throws(Refusal) {
            return .requested(
                id.number, at: now, redelivery: try clocks.deadline(redelivery, from: now))
        } catch { throw .clock(error) }
    }

    private func redeliver(
        _ application: Application, _ id: ApplicationID, _ now: CivilDateTime,
        _ clocks: ServiceClocks
    ) throws(ApplicationRefusal) -> ApplicationEvent {
        guard application.phase == .requested else { throw .phaseIs(id, application.phase) }
        do throws(Refusal) {
            // It was due long ago; what counts from here on is when it came back.
            return .redelivered(
                id.number, at: now, storage: try clocks.storage(readyAt: now, due: nil))
        } catch { throw .clock(error) }
    }
}

extension IntakeReport {
    /// The same, by their places in a register's terms, which have every document of the standard.
    fileprivate func registered(_ terms: RegisterTerms) -> [RegisteredProblem] {
        failing.compactMap { line in
            terms.documents.place(of: line.document.id).map {
                RegisteredProblem(place: $0, problems: line.problems)
            }
        }
    }

    /// The documents on which acceptance fails, by name.
    public var failingDocuments: [ApplicationRefusal.FailingDocument] {
        failing.map { .init(id: $0.document.id, problems: $0.problems) }
    }
}
