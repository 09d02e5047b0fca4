// SPDX-License-Identifier: Apache-2.0

public import Applications
import CallLimits
public import CivilTime
import Enquiries
import Journal
import KezekWire
import Parties
import Queue
import ServiceStandards
import Synchronization
public import Texts
import WorkingDays

extension ApplicationEngine {
    /// The answer to a question, from what is on disk.
    public func answer(
        _ question: ApplicationQuestion, in language: Language, now: Timestamp
    ) throws(ApplicationFault) -> ApplicationAnswer {
        switch question {
        case .intakeCheck(let question):
            .intakeCheck(
                try queue.libraryInForce.intake(question, in: language, now: now))
        case .application(let id): .application(try view(id, now))
        case .paper(let question): .paper(try paper(question, language, now))
        case .status(let id, let applicant):
            .status(try status(id, applicant, language, now))
        case .workingList(let question): .workingList(try workingList(question, now: now))
        case .punctuality(let question): .punctuality(try punctuality(question, now))
        case .decrees: .decrees(state.withLock { $0.decrees.summaries })
        }
    }

    /// The register of an office and day as it is on disk; nil if nothing was handed in.
    private func register(
        _ office: OfficeID, _ date: CivilDate
    ) throws(ApplicationFault) -> ApplicationRegister? {
        let known = state.withLock { $0.offices[office]?.cells[date.dayNumber]?.committed }
        if let known { return known.revision > 0 ? known : nil }
        do throws(StoreFailure) {
            // Read for this once: what is over does not come back into memory.
            return try load(office, date)?.committed
        } catch { throw .command(.unavailable(error.description)) }
    }

    private func view(
        _ id: ApplicationID, _ now: Timestamp
    ) throws(ApplicationFault) -> ApplicationView {
        _ = try office(id.office, now)
        guard let view = try register(id.office, id.date)?.view(id) else {
            throw .refused(.unknownApplication(id))
        }
        return view
    }

    private func paper(
        _ question: PaperQuestion, _ language: Language, _ now: Timestamp
    ) throws(ApplicationFault) -> String {
        let place = try office(question.id.office, now)
        guard let register = try register(question.id.office, question.id.date),
            let application = register.application(question.id.number),
            let view = register.view(question.id)
        else { throw .refused(.unknownApplication(question.id)) }
        guard
            let clocks = ServiceClocks(
                queue.libraryInForce.working(by: place.office.calendar),
                standard: application.standard, kind: application.kind, now: now,
                language: language)
        else { throw .command(.noTerms(question.id.office)) }
        return PaperMaker(
            view, clocks, office: place.office.title, address: place.office.address,
            name: question.name
        ).paper(question.form)
    }

    /// A wrong number and a wrong person are told alike, so that nothing is learnt by trying.
    private func status(
        _ id: ApplicationID, _ name: ApplicantName, _ language: Language, _ now: Timestamp
    ) throws(ApplicationFault) -> StatusAnswer {
        guard let room = queue.room(id.office) else { throw .noStatus }
        let register = try register(id.office, id.date)
        let names = queue.keys.all(name)
        guard let register, let application = register.application(id.number),
            names.contains(application.handIn.applicant), let view = register.view(id)
        else { throw .noStatus }
        let (title, time) = room.state.withLock {
            ($0.recorded.title, $0.terms.zone.civil(at: now))
        }
        let keeping = queue.libraryInForce.standards[application.standard]?.keeping
            .first { $0.office == application.kind }
        return view.status(
            in: language, office: title, isInHouse: keeping?.redelivery == nil,
            now: time)
    }

    // MARK: Lists

    /// An office's working list, or what changed on it since the revision that was seen.
    public func workingList(
        _ question: WorkingListQuestion, now: Timestamp
    ) throws(ApplicationFault) -> WorkingList {
        let place = try office(question.office, now)
        let (registers, changed, revision) = state.withLock { state in
            let office = state.offices[question.office] ?? OfficeRegisters()
            var changed: Set<ApplicationID>?
            if let seen = question.since, seen.run == run(on: place.today) {
                changed = office.changed(since: seen.revision)
            }
            let registers = office.cells.values.filter {
                $0.committed.open > 0 || changed != nil
            }.map { ($0.date, $0.committed) }
            return (registers, changed, office.revision)
        }
        let rule = rule(question, place, now)
        var items: [WorkingItem] = []
        var gone: [ApplicationID] = []
        if let changed {
            let byDate = Dictionary(uniqueKeysWithValues: registers)
            for id in changed {
                let register = byDate[id.date]
                let item = register.flatMap { register in
                    register.application(id.number).flatMap { rule.item($0, id, register.terms) }
                }
                if let item { items.append(item) } else { gone.append(id) }
            }
        } else {
            for (date, register) in registers {
                for application in register.applications where application.phase.hasClock {
                    let id = ApplicationID(
                        office: question.office, date: date, number: application.number)
                    if let item = rule.item(application, id, register.terms) {
                        items.append(item)
                    }
                }
            }
        }
        guard items.count <= CallLimit.workingListLines else {
            throw .tooManyRows(limit: CallLimit.workingListLines)
        }
        return WorkingList(
            office: question.office, date: place.today, run: run(on: place.today),
            revision: revision,
            isWhole: changed == nil, items: items.sorted(), gone: gone.sorted())
    }

    /// What revisions of a list belong to: urgencies are another day's after midnight.
    private func run(on date: CivilDate) -> UInt64 {
        run << 24 | UInt64(UInt32(bitPattern: date.dayNumber) & 0xFF_FFFF)
    }

    private func rule(
        _ question: WorkingListQuestion, _ place: Place, _ now: Timestamp
    ) -> WorkingListRule {
        let library = queue.libraryInForce.working(by: place.office.calendar)
        let name = OfficeName(standard: place.office.standard, office: place.office.kind)
        let calendar = library.officeCalendar(name, now: now)
        // What is due in a year that nobody has published is soon all the same.
        lazy var ahead = library.officeCalendarAhead(name, now: now)
        let today = place.today
        let morning = CivilDateTime(today, .midnight)
        return WorkingListRule(now: place.now, within: question.within, all: question.all) { date in
            guard let calendar, let after = today.adding(days: 1), let end = date.adding(days: 1)
            else { return nil }
            func count(_ calendar: WorkingCalendar) -> Int? {
                if date >= today { return try? calendar.count(from: after, to: end) }
                return (try? calendar.count(from: end, to: after)).map { -$0 }
            }
            return count(calendar) ?? ahead.flatMap(count)
        } share: { application, channel in
            library.termShare(
                of: ClockName(standard: application.standard, channel: channel),
                from: application.handIn.at, application.suspensions, at: morning, now: now)
        }
    }

    private func punctuality(
        _ question: PunctualityQuestion, _ now: Timestamp
    ) throws(ApplicationFault) -> Punctuality {
        var tally = PunctualityTally(question)
        for (id, date) in try registers(question) {
            guard let place = try? office(id, now), let register = try register(id, date) else {
                continue
            }
            tally.add(register, id, date, at: place.now)
        }
        let found = tally.punctuality
        guard found.rows.count <= Limits.punctualityRows else {
            throw .tooManyRows(limit: Limits.punctualityRows)
        }
        return found
    }

    /// The registers of the offices and days asked for, in order.
    private func registers(
        _ question: PunctualityQuestion
    ) throws(ApplicationFault) -> [(OfficeID, CivilDate)] {
        if let office = question.office, queue.room(office) == nil {
            throw .command(.unknownOffice(office))
        }
        let streams: [(stream: StreamName, revision: UInt32)]
        do throws(StoreFailure) { streams = try queue.store.streams() } catch {
            throw .command(.unavailable(error.description))
        }
        var found: [(OfficeID, CivilDate)] = []
        for (stream, _) in streams {
            guard case .applications(let name, let date) = stream, let id = OfficeID(name),
                question.office == nil || question.office == id,
                question.from <= date, date <= question.to
            else { continue }
            found.append((id, date))
        }
        guard found.count <= Limits.punctualityRegisters else {
            throw .tooManyRows(limit: Limits.punctualityRegisters)
        }
        return found.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    }
}
