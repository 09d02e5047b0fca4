// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// A rest day made working and a working day made a rest day in exchange, or the taking back of
/// such an exchange.
///
/// It acts only in the weeks in which the source day rests and the other works: moving a Saturday
/// does not touch the six-day week. Of several transfers of the same two days the one known last
/// holds; where that one takes back, the days are as if they had never been moved.
public struct Transfer: Hashable, Sendable {
    public let becomesWorking: CivilDate
    public let becomesRest: CivilDate
    public let known: CivilDate
    public let act: Act
    /// Whether this ends the transfer of the same two days that was known before.
    public let takesBack: Bool

    public init(
        becomesWorking: CivilDate, becomesRest: CivilDate, known: CivilDate, act: Act,
        takesBack: Bool = false
    ) {
        self.becomesWorking = becomesWorking
        self.becomesRest = becomesRest
        self.known = known
        self.act = act
        self.takesBack = takesBack
    }

    /// The two days, each in its part.
    struct Days: Hashable {
        let becomesWorking: CivilDate
        let becomesRest: CivilDate
    }

    var days: Days { Days(becomesWorking: becomesWorking, becomesRest: becomesRest) }

    /// Why a transfer changes neither of its days in one kind of week.
    public enum Obstacle: Hashable, Sendable {
        /// The day that it would make working works already.
        case works
        /// The day that it would make a rest day rests already.
        case rests
    }
}

extension CalendarBook {
    /// The transfers that hold as known on a day, in the book's order: for each two days the one
    /// known last, unless it takes back.
    func transfers(asKnownOn day: CivilDate) -> [Transfer] {
        var last: [Transfer.Days: Int] = [:]
        for (index, transfer) in transfers.enumerated() where transfer.known <= day {
            if let earlier = last[transfer.days], transfers[earlier].known > transfer.known {
                continue
            }
            last[transfer.days] = index
        }
        return last.values.sorted().map { transfers[$0] }.filter { !$0.takesBack }
    }
}
