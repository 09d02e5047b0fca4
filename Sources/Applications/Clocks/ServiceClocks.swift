// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Deadlines
public import Enquiries
public import ServiceStandards
public import Texts
import WorkingDays

/// Why a clock has no answer, in the language that was asked for.
public typealias ClockRefusal = Refusal

/// The clocks of one standard at one kind of office, as known today.
public struct ServiceClocks: Sendable {
    public let library: Library
    public let standard: ServiceStandard
    public let kind: Office
    public let now: Timestamp
    public let language: Language

    /// Nil if the library has no such standard, or the standard no such kind of office.
    public init?(
        _ library: Library, standard: String, kind: String, now: Timestamp, language: Language
    ) {
        guard let found = library.standards[standard],
            let office = found.offices.first(where: { $0.id == kind })
        else { return nil }
        self.library = library
        self.standard = found
        self.kind = office
        self.now = now
        self.language = language
    }

    /// The end of a term, that of a channel (R3) or that which follows an event (R5.3, R5.5, R11.1).
    ///
    /// Where it reaches into a year that nobody has published the end is provisional, and put right
    /// when the year comes: the turn of the year stops no office. With `isFirm` it is refused there.
    ///
    /// `isNew` says that something is accepted at its start, so that the office must receive then; what
    /// was accepted once stands, whatever the calendar says of that day later.
    public func deadline(
        _ clock: String, from start: CivilDateTime, _ suspensions: Suspensions = .none,
        isNew: Bool = false, isFirm: Bool = false
    ) throws(Refusal) -> Deadline {
        let question = question(
            clock, from: start, suspensions, isNew ? .refuse : asAccepted(clock), asKnownOn: nil,
            proof: false)
        do throws(Refusal) {
            let answer = try dueDate(question)
            return Deadline(
                at: answer.dueAt, asKnownOn: answer.basis.asKnownOn,
                calendarVersion: answer.basis.version, isProvisional: answer.basis.isProvisional)
        } catch {
            guard error.reason == .yearNotPublished, !isFirm,
                let end = try library.provisionalEnd(question, in: language, now: now)
            else { throw error }
            return Deadline(
                at: end, asKnownOn: today, calendarVersion: "", isProvisional: true)
        }
    }

    /// How a clock counts from what was accepted once: from that moment, whatever the calendar says of it
    /// now; but what came around the clock waited for an opening, and does so by every calendar.
    func asAccepted(_ clock: String) -> TermClock.OutsideReception {
        let channel = standard.channels.first { $0.id == clock }
        return channel?.intake == .nextOpening ? .countFromOpening : .countFromMoment
    }

    /// Today's date where the standard is in force.
    private var today: CivilDate {
        library.zone(standard.zone)?.civil(at: now).date ?? .earliest
    }

    /// The end of a term with its proof, as known on a day; nil for today.
    func dueDate(
        _ clock: String, from start: CivilDateTime, _ suspensions: Suspensions,
        _ outsideReception: TermClock.OutsideReception, asKnownOn: CivilDate?, proof: Bool
    ) throws(Refusal) -> DueDateAnswer {
        try dueDate(
            question(
                clock, from: start, suspensions, outsideReception, asKnownOn: asKnownOn,
                proof: proof))
    }

    private func question(
        _ clock: String, from start: CivilDateTime, _ suspensions: Suspensions,
        _ outsideReception: TermClock.OutsideReception, asKnownOn: CivilDate?, proof: Bool
    ) -> DueDateQuestion {
        DueDateQuestion(
            clock: ClockName(standard: standard.id, channel: clock), start: start,
            suspensions: suspensions, outsideReception: outsideReception, asKnownOn: asKnownOn,
            proof: proof)
    }

    private func dueDate(_ question: DueDateQuestion) throws(Refusal) -> DueDateAnswer {
        try library.desk(in: language, now: now).dueDate(question)
    }

    /// How this kind of office keeps results; nil if the standard does not say.
    var keeping: Keeping? { standard.keeping.first { $0.office == kind.id } }

    /// For how long a result is kept that was ready at a moment and due by another (R5.3).
    func storage(
        readyAt: CivilDateTime, due: CivilDateTime?
    ) throws(Refusal) -> ApplicationEvent.Storage? {
        guard let keeping else { return nil }
        let start =
            switch keeping.from {
            case .ready: readyAt
            case .dueOrReady: max(readyAt, due ?? readyAt)
            }
        return ApplicationEvent.Storage(
            from: start, until: try deadline(keeping.storage, from: start))
    }

    /// The end of the day on which a suspension is looked at again: when the office closes.
    func review(by date: CivilDate, today: CivilDate) -> Deadline {
        let office = OfficeName(standard: standard.id, office: kind.id)
        return Deadline(
            at: library.endOfDay(date, at: office, asKnownOn: today), asKnownOn: today,
            calendarVersion: "", isProvisional: false)
    }
}

extension ServiceClocks {
    /// The clock of an application that runs by the calendar, worked out anew by what is known now;
    /// nil if none runs, or a person chose its end.
    ///
    /// `now` is the moment on the office's wall clock. No clock that runs ends before the office has
    /// closed once more: what was promised for a day that has begun stands, as nobody can do today what
    /// a calendar of today asks of yesterday.
    ///
    /// - Throws: why the clock has no answer by this calendar. An end that was firm in a year that the
    ///   calendar has lost does not become provisional.
    public func deadlineAnew(
        _ application: Application, _ terms: RegisterTerms, at now: CivilDateTime
    ) throws(Refusal) -> Deadline? {
        guard let before = application.clock, let kind = application.phase.clock,
            let clock = clock(of: kind, application, terms)
        else { return nil }
        let start = kind == .term ? application.handIn.at : application.clockStart
        let after = try deadline(
            clock, from: start, kind == .term ? application.suspensions : .none,
            isFirm: !before.isProvisional && !isPublished(before.at.date))
        return notBefore(min(before.at, closing(clock, atOrAfter: now)), after)
    }

    /// The end of a term that is resumed.
    ///
    /// A calendar that became known while it stood still may have it end before the suspension; what
    /// was left then is at least the rest of a day.
    func resumed(
        _ clock: String, _ application: Application, at now: CivilDateTime
    ) throws(Refusal) -> Deadline {
        let end = try deadline(clock, from: application.handIn.at, application.suspensions)
        return end.at < now ? notBefore(closing(clock, atOrAfter: now), end) : end
    }

    /// The end that decides over what was done while its own lay in a year that nobody had published;
    /// nil as long as nobody has.
    ///
    /// It takes nothing from what was promised: the later of the two ends counts.
    func judgement(
        _ application: Application, _ terms: RegisterTerms, from promised: Deadline
    ) -> Deadline? {
        let channel = terms.channels[Int(application.handIn.channel)]
        let end = try? deadline(
            channel, from: application.handIn.at, application.suspensions, isFirm: true)
        return end.map { notBefore(promised.at, $0) }
    }

    /// Whether the calendar has the year of a day.
    private func isPublished(_ day: CivilDate) -> Bool {
        let office = OfficeName(standard: standard.id, office: kind.id)
        return library.officeCalendar(office, now: now)?.covered.contains(day) ?? false
    }

    private func closing(_ clock: String, atOrAfter now: CivilDateTime) -> CivilDateTime {
        library.closing(
            of: ClockName(standard: standard.id, channel: clock), atOrAfter: now, now: self.now)
            ?? now
    }

    private func notBefore(_ floor: CivilDateTime, _ end: Deadline) -> Deadline {
        guard end.at < floor else { return end }
        return Deadline(
            at: floor, asKnownOn: end.asKnownOn, calendarVersion: end.calendarVersion,
            isProvisional: end.isProvisional)
    }

    /// The name in the standard of a clock that runs by the calendar; nil if a person chooses its end, or
    /// the standard has none.
    func clock(
        of kind: ClockKind, _ application: Application, _ terms: RegisterTerms
    ) -> String? {
        switch kind {
        case .term: terms.channels[Int(application.handIn.channel)]
        case .storage: keeping?.storage
        case .redelivery: keeping?.redelivery
        case .review: nil
        }
    }
}
