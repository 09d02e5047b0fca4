// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Enquiries
public import Parties
import ServiceStandards
public import Texts

/// Works the clocks of registers out anew, by other calendars than those by which they were.
public struct DecreeReckoning {
    private let old: Library
    private let new: Library
    private let now: Timestamp
    private let language: Language
    /// Changed days by the clock and the version that it was worked out by: their place in `changes`.
    private var known: [Key: Range<Int>] = [:]

    private struct Key: Hashable {
        let clock: ClockName
        let version: String
    }

    /// Days that are no longer what they were; in date order for each week and earlier version.
    public private(set) var changes: [CalendarChangesAnswer.Change] = []

    /// What comes of one register.
    public struct Outcome: Sendable {
        /// An event for each clock that moves.
        public fileprivate(set) var events: [ApplicationEvent] = []
        public fileprivate(set) var moved: [MovedClock] = []
        /// How many clocks run in it.
        public fileprivate(set) var running = 0
        /// Clocks that have no answer by the new calendars.
        public fileprivate(set) var unanswered = 0
    }

    public init(old: Library, new: Library, now: Timestamp, language: Language) {
        self.old = old
        self.new = new
        self.now = now
        self.language = language
    }

    /// What moving the clocks of a register would record.
    public mutating func reckon(
        _ register: ApplicationRegister, _ office: OfficeID, _ date: CivilDate
    ) -> Outcome {
        var outcome = Outcome()
        outcome.running = register.open
        guard
            let clocks = ServiceClocks(
                new, standard: register.terms.standard, kind: register.terms.kind, now: now,
                language: language)
        else {
            outcome.unanswered = register.open
            return outcome
        }
        for application in register.applications where application.phase.hasClock {
            guard let before = application.clock, let kind = application.phase.clock else {
                continue
            }
            do throws(Refusal) {
                guard let after = try clocks.deadlineAnew(application, register.terms),
                    after.at != before.at || after.isProvisional != before.isProvisional
                else { continue }
                outcome.events.append(.clockMoved(application.number, to: after))
                // An estimate that came true moves nothing, but it is no estimate any more.
                guard after.at != before.at else { continue }
                let clock = clocks.name(of: kind, application, register.terms)
                outcome.moved.append(
                    MovedClock(
                        id: ApplicationID(office: office, date: date, number: application.number),
                        kind: kind, from: before.at, to: after.at,
                        changes: cause(clock, application.clockStart, before, after)))
            } catch { outcome.unanswered += 1 }
        }
        return outcome
    }

    /// The changed days between the start of a clock and the later of its two ends.
    private mutating func cause(
        _ clock: ClockName, _ start: CivilDateTime, _ before: Deadline, _ after: Deadline
    ) -> Range<Int> {
        let key = Key(clock: clock, version: before.calendarVersion)
        let all = known[key] ?? find(key, before)
        let last = max(before.at, after.at).date
        let first = changes[all].firstIndex { $0.date >= start.date } ?? all.upperBound
        let end = changes[first..<all.upperBound].firstIndex { $0.date > last } ?? all.upperBound
        return first..<end
    }

    private mutating func find(_ key: Key, _ before: Deadline) -> Range<Int> {
        let found = new.changedDays(
            of: key.clock, since: old, asKnownOn: before.asKnownOn, in: language, now: now)
        // Clocks of one week see the same days.
        let same = known.values.first { Array(changes[$0]) == found }
        let range = same ?? changes.count..<changes.count + found.count
        if same == nil { changes += found }
        known[key] = range
        return range
    }
}

extension ServiceClocks {
    /// The name in the standard of a clock that runs by the calendar.
    func name(
        of kind: ClockKind, _ application: Application, _ terms: RegisterTerms
    ) -> ClockName {
        let channel = terms.channels[Int(application.handIn.channel)]
        let name =
            switch kind {
            case .term, .review: channel
            case .storage: keeping?.storage ?? channel
            case .redelivery: keeping?.redelivery ?? channel
            }
        return ClockName(standard: standard.id, channel: name)
    }
}
