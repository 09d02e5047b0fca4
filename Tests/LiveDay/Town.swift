// SPDX-License-Identifier: Apache-2.0

import CivilTime
public import HomeVisits
import Parties
import Texts
import WorkingDays

/// A town as its dispatcher knows it: crews, rules and ways, with arithmetic of its own.
public struct Town: Sendable {
    static let id = OfficeID("astana-1")!
    static let home = HomePoint(longitude: 71_430_000, latitude: 51_128_000)!
    static let signs = NeedID("sign-language")!
    static let kit = NeedID("mobile-kit")!

    /// A crew with the hours of its day, in seconds.
    struct Crew: Sendable {
        let id: CrewID
        let needs: [NeedID]
        let weekdays: Set<Weekday>
        let hours: ClosedRange<Int64>?
    }

    /// All crews that there ever are.
    static let crews: [Crew] = [
        Crew(id: CrewID("crew-1")!, needs: [signs, kit], weekdays: [], hours: nil),
        Crew(
            id: CrewID("crew-2")!, needs: [kit], weekdays: [],
            hours: 10 * 3_600...18 * 3_600),
        Crew(
            id: CrewID("crew-3")!, needs: [], weekdays: [.monday, .tuesday, .friday, .saturday],
            hours: nil),
    ]

    var crews = Town.crews
    /// Who goes on foot; the others go by car.
    var onFoot: Set<CrewID> = []
    var duties: [(crew: CrewID, date: CivilDate)] = []
    var closures: [RoadClosure] = []
    var rules: VisitRules
    var calendars: [TownCalendar]
    /// Which of the calendars is in force.
    var inForce = 0

    public var calendar: TownCalendar { calendars[inForce] }

    init(_ rules: VisitRules, _ calendars: [TownCalendar]) {
        self.rules = rules
        self.calendars = calendars
    }

    /// The description of it for the desk.
    public var area: VisitArea {
        let text = LocalizedText(kk: "а", ru: "б", en: "c")
        func time(_ second: Int64) -> TimeOfDay { TimeOfDay(second: Int32(second))! }
        return VisitArea(
            id: Self.id, title: text, standard: "std-7", kind: "corporation", zone: "",
            home: Self.home,
            needs: [Self.signs, Self.kit].map { VisitArea.Need(id: $0, title: text) },
            crews: crews.map { crew in
                VisitArea.Crew(
                    id: crew.id, members: [MemberID("m-\(crew.id)")!], needs: crew.needs,
                    weekdays: crew.weekdays,
                    hours: crew.hours.map {
                        DayInterval(start: time($0.lowerBound), end: time($0.upperBound))!
                    }, profile: onFoot.contains(crew.id) ? .foot : .car)
            },
            duties: duties.map {
                VisitArea.OfficeDuty(member: MemberID("m-\($0.crew)")!, date: $0.date)
            }, rules: rules)
    }

    /// When a crew is on its shift; nil where it has none.
    func hours(_ id: CrewID, _ date: CivilDate) -> ClosedRange<Int64>? {
        guard let crew = crews.first(where: { $0.id == id }),
            let weekday = calendar.weekday(date),
            crew.weekdays.isEmpty || crew.weekdays.contains(weekday),
            !duties.contains(where: { $0.crew == id && $0.date == date })
        else { return nil }
        let own = crew.hours ?? TownCalendar.opening...TownCalendar.closing
        return TownCalendar.second(
            date, own.lowerBound)...TownCalendar.second(
                date, own.upperBound)
    }

    // MARK: Ways

    /// A thousandth of a degree takes ten seconds, and every way a minute more; on foot it takes thirty.
    static func plainWay(_ a: HomePoint, _ b: HomePoint, isOnFoot: Bool) -> Int64 {
        guard a != b else { return 0 }
        let steps = Int64(abs(a.longitude - b.longitude) + abs(a.latitude - b.latitude))
        return isOnFoot ? steps * 3 / 100 : 60 + steps / 100
    }

    /// The way of a crew, round every closed road that lies on it.
    func way(_ a: HomePoint, _ b: HomePoint, by crew: CrewID) -> Int64 {
        guard a != b else { return 0 }
        let plain = Self.plainWay(a, b, isOnFoot: onFoot.contains(crew))
        return closures.reduce(plain) {
            Self.passes($1, a, b) ? $0 + Int64($1.extra) : $0
        }
    }

    /// Whether a straight line passes a circle: it is cut into short pieces, and each is looked at.
    static func passes(_ closure: RoadClosure, _ a: HomePoint, _ b: HomePoint) -> Bool {
        let centre = closure.centre
        // Metres of a degree at this latitude, from a table: cos 51.128° is 0.62757.
        let (east, north) = (111_195 * 0.627_58, 111_195.0)
        func place(_ point: HomePoint) -> (Double, Double) {
            (
                Double(point.longitude - centre.longitude) / 1e6 * east,
                Double(point.latitude - centre.latitude) / 1e6 * north
            )
        }
        let ((ax, ay), (bx, by)) = (place(a), place(b))
        let pieces = 2_000
        for piece in 0...pieces {
            let share = Double(piece) / Double(pieces)
            let (x, y) = (ax + (bx - ax) * share, ay + (by - ay) * share)
            if (x * x + y * y).squareRoot() <= Double(closure.radius) { return true }
        }
        return false
    }
}

/// The town's ways for the desk.
struct TownWays: WaySource {
    let isOnFoot: Bool
    private var known: [HomePoint] = []

    init(isOnFoot: Bool) { self.isOnFoot = isOnFoot }

    func ways(of place: HomePoint) -> (from: [Int32], to: [Int32]) {
        let ways = known.map { Int32(Town.plainWay(place, $0, isOnFoot: isOnFoot)) }
        return (ways, ways)
    }

    mutating func add(_ place: HomePoint) { known.append(place) }

    mutating func keep(_ numbers: [Int]) { known = numbers.map { known[$0] } }
}
