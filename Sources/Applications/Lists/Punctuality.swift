// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties

extension Punctuality.Row {
    /// The share done in time of all whose term is over, in thousandths; nil if there is none.
    public var perMille: Int? {
        let over = inTime + late + overdue
        return over == 0 ? nil : inTime * 1_000 / over
    }
}

/// Counts registers into a ``Punctuality``.
public struct PunctualityTally {
    private struct Key: Hashable {
        let office: OfficeID
        let from: CivilDate
        let channel: String
    }

    private let question: PunctualityQuestion
    private var rows: [Key: Punctuality.Row] = [:]

    public init(_ question: PunctualityQuestion) { self.question = question }

    /// Adds the register of an office and day, as it stands at a moment on the office's wall clock.
    public mutating func add(
        _ register: ApplicationRegister, _ office: OfficeID, _ date: CivilDate,
        at now: CivilDateTime
    ) {
        let from =
            switch question.period {
            case .whole: question.from
            case .day: date
            case .month: max(question.from, date.adding(days: 1 - date.components.day) ?? date)
            }
        for application in register.applications where application.phase != .declined {
            let channel = register.terms.channels[Int(application.handIn.channel)]
            let key = Key(office: office, from: from, channel: channel)
            rows[key, default: Punctuality.Row(office: office, channel: channel, from: from)]
                .count(application, at: now)
        }
    }

    public var punctuality: Punctuality {
        Punctuality(
            rows: rows.values.sorted {
                ($0.office.description, $0.from, $0.channel)
                    < ($1.office.description, $1.from, $1.channel)
            })
    }
}

extension Punctuality.Row {
    fileprivate mutating func count(_ application: Application, at now: CivilDateTime) {
        accepted += 1
        switch (application.phase, application.isInTime(at: now)) {
        case (_, true?): inTime += 1
        case (.accepted, false?): overdue += 1
        case (_, false?): late += 1
        case (.withdrawn, nil): withdrawn += 1
        case (_, nil): running += 1
        }
    }
}
