// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
public import HomeVisits
import KezekFiles
import Texts

// The names of home visits as arguments. Each has one spelling, so a typing error is an error.

extension HomeVisitID: ExpressibleByArgument {}
extension CrewID: ExpressibleByArgument {}
extension NeedID: ExpressibleByArgument {}

extension HomePoint: ExpressibleByArgument {
    /// A place written as `71.4306,51.1282`: degrees, the longitude first.
    public init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 2, let longitude = Degrees.millionths(parts[0]),
            let latitude = Degrees.millionths(parts[1])
        else { return nil }
        self.init(longitude: longitude, latitude: latitude)
    }

    /// The place as an argument.
    var text: String { "\(Degrees.text(longitude)),\(Degrees.text(latitude))" }
}

/// Who calls a visit off, as an argument.
extension CancellerName {
    var visitCanceller: VisitCanceller {
        switch self {
        case .applicant: .applicant
        case .office: .office
        }
    }
}

/// What a crew tells of a visit, as an argument.
enum VisitReportName: String, CaseIterable, ExpressibleByArgument {
    case underWay = "under-way"
    case arrived, done
    case nobodyHome = "nobody-home"
    case longer
}

/// States and reasons in words, for tables.
extension HomeVisit.State {
    func words(_ clock: AreaClock) -> String {
        switch self {
        case .requested: clock.pick("сұралған", "запрошен", "asked for")
        case .held: clock.pick("ұсталған", "удержан", "held")
        case .promised: clock.pick("уәде етілген", "обещан", "promised")
        case .underWay: clock.pick("орындалуда", "выполняется", "under way")
        case .done: clock.pick("орындалды", "выполнен", "done")
        case .cancelled: clock.pick("бас тартылды", "отменён", "cancelled")
        case .failed: clock.pick("үйде ешкім жоқ", "никого нет дома", "nobody home")
        }
    }
}

extension RefusedWindow.Reason {
    func words(_ clock: AreaClock) -> String {
        switch self {
        case .noShift:
            clock.pick(
                "бірде-бір бригада ауысымда емес", "ни одна бригада не на смене",
                "no crew is on a shift")
        case .avoided:
            clock.pick(
                "ауысымда тек келмеуі тиіс бригадалар бар",
                "на смене только бригады, которым нельзя приезжать",
                "only crews that must not come are on a shift")
        case .need:
            clock.pick(
                "бірде-бір бригадада қажеттісі жоқ", "ни у одной бригады нет того, что нужно",
                "no crew has what the visit needs")
        case .pastDue:
            clock.pick(
                "мерзімінен кейін аяқталар еді", "закончился бы после срока",
                "it would end after the visit is due")
        case .noSlack:
            clock.pick(
                "бірде-бір бригаданың уақыты жоқ; жетпейтін минуттар жақшада",
                "ни у одной бригады нет времени; в скобках, скольких минут не хватает",
                "no crew has the time; so many minutes are wanting")
        }
    }
}
