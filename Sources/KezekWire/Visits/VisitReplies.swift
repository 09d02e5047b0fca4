// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CivilTime
import Enquiries
import HomeVisits
import Parties

/// The replies to questions on home visits.
extension WireWriter {
    func fill(_ message: inout Kezek__V1__Response, _ answer: VisitAnswer) throws(Full) {
        switch answer {
        case .area(let area, let revision):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_GET_VISIT_AREA
            message.get_visit_area = try self.message(kezek__v1__visit_area_reply__init) {
                (inner) throws(Full) in
                inner.area = try self.area(area)
                inner.revision = revision
            }
        case .windows(let free):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_GET_VISIT_WINDOWS
            message.get_visit_windows = try freeWindows(free)
        case .visit(let view):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_GET_VISIT
            message.get_visit = try self.message(kezek__v1__visit_reply__init) {
                (inner) throws(Full) in inner.visit = try visit(view)
            }
        case .explanation(let explained):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_EXPLAIN_VISIT
            message.explain_visit = try explanation(explained)
        case .plan(let plan):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_GET_VISIT_PLAN
            message.get_visit_plan = try self.plan(plan)
        }
    }

    private func freeWindows(
        _ free: FreeWindows
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__VisitWindowsReply> {
        try message(kezek__v1__visit_windows_reply__init) { (message) throws(Full) in
            message.area = try text(free.area.description)
            message.revision = free.revision
            message.due = free.due
            message.windows = try windows(free.windows)
            message.refused = try windows(free.refused)
            message.ways = Kezek__V1__VisitWays(UInt32(free.ways.rawValue))
        }
    }

    private func visit(
        _ view: VisitView
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__Visit> {
        try message(kezek__v1__visit__init) { (message) throws(Full) in
            message.id = try name(view.id)
            message.state = Kezek__V1__VisitState(UInt32(view.state.rawValue))
            if let words = view.words { message.person = try person(words) }
            try texts(view.needs, &message.n_needs, &message.needs)
            try texts(view.avoided, &message.n_avoided, &message.avoided)
            message.service_seconds = view.service
            message.asked_at = view.askedAt
            message.due = view.due
            if let promise = view.promise { message.promise = try window(promise) }
            message.held_until = view.heldUntil ?? 0
            message.unkept = view.isUnkept ? 1 : 0
            if !view.reason.isEmpty { message.reason = try text(view.reason) }
            message.setup_seconds = view.setup
            if let secret = view.secret { message.secret = try self.secret(secret) }
        }
    }

    private func explanation(
        _ explained: VisitExplained
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__VisitExplanationReply> {
        try message(kezek__v1__visit_explanation_reply__init) { (message) throws(Full) in
            message.id = try name(explained.id)
            message.crew = try text(explained.crew.description)
            message.day = explained.date.dayNumber
            message.arrival = explained.arrival
            message.start = explained.start
            message.extra_travel = explained.extraTravel
            message.waits_for_window = explained.waitsForWindow ? 1 : 0
            message.slack = explained.slack
            message.bound = Kezek__V1__VisitBound(UInt32(explained.bound.rawValue))
            message.bound_visit = explained.boundVisit
            let others = explained.elsewhere
            try texts(others.map(\.crew), &message.n_other_crew, &message.other_crew)
            try column(
                others.map(\.date.dayNumber), &message.n_other_day, &message.other_day)
            try column(
                others.map { $0.extraTravel ?? .min }, &message.n_other_extra_travel,
                &message.other_extra_travel)
            try column(
                others.map { Kezek__V1__VisitHurdle(UInt32($0.reason?.rawValue ?? 0)) },
                &message.n_other_reason, &message.other_reason)
        }
    }

    private func plan(
        _ plan: AreaPlan
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__VisitPlanReply> {
        try message(kezek__v1__visit_plan_reply__init) { (message) throws(Full) in
            message.area = try text(plan.area.description)
            message.revision = plan.revision
            message.whole = plan.isWhole ? 1 : 0
            message.from_day = plan.from.dayNumber
            message.days = plan.days
            try list(plan.crewDays, &message.n_crew_days, &message.crew_days) {
                (day) throws(Full) in try crewDay(day)
            }
            try list(plan.visits, &message.n_visits, &message.visits) { (view) throws(Full) in
                try visit(view)
            }
            message.at = plan.at ?? 0
        }
    }

    private func crewDay(
        _ day: AreaPlan.CrewDay
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__VisitPlanReply__CrewDay> {
        try message(kezek__v1__visit_plan_reply__crew_day__init) { (message) throws(Full) in
            message.crew = try text(day.crew.description)
            message.day = day.date.dayNumber
            message.hours = try window(day.hours)
            message.absent = day.isAbsent ? 1 : 0
            message.travel = day.travel
            message.waiting = day.waiting
            message.back = day.back ?? 0
            let stops = day.stops
            try column(stops.map(\.kind.wire.stop), &message.n_stop, &message.stop)
            try column(stops.map(\.kind.wire.visit), &message.n_visit, &message.visit)
            try column(stops.map(\.arrival), &message.n_arrival, &message.arrival)
            try column(stops.map(\.start), &message.n_start, &message.start)
            try column(stops.map(\.end), &message.n_end, &message.end)
            try column(stops.map { $0.isBegun ? 1 : 0 }, &message.n_begun, &message.begun)
            try column(stops.map(\.way), &message.n_way, &message.way)
        }
    }
}

extension AreaPlan.Stop.Kind {
    /// What it is on the wire, and the number of the visit.
    fileprivate var wire: (stop: Kezek__V1__VisitStop, visit: UInt32) {
        switch self {
        case .visit(let number): (KEZEK__V1__VISIT_STOP__VISIT_STOP_VISIT, number)
        case .held(let number): (KEZEK__V1__VISIT_STOP__VISIT_STOP_HELD, number)
        case .lunch: (KEZEK__V1__VISIT_STOP__VISIT_STOP_LUNCH, 0)
        }
    }
}

extension WireReader {
    /// The reply, if it is one to a question on home visits; nil for any other.
    func visitAnswer(_ message: Kezek__V1__Response) throws(Refusal) -> VisitAnswer? {
        switch message.reply_case {
        case KEZEK__V1__RESPONSE__REPLY_GET_VISIT_AREA:
            .area(
                try given(message.get_visit_area.pointee.area, "area", area),
                revision: message.get_visit_area.pointee.revision)
        case KEZEK__V1__RESPONSE__REPLY_GET_VISIT_WINDOWS:
            .windows(try freeWindows(message.get_visit_windows.pointee))
        case KEZEK__V1__RESPONSE__REPLY_GET_VISIT:
            .visit(try given(message.get_visit.pointee.visit, "visit", view))
        case KEZEK__V1__RESPONSE__REPLY_EXPLAIN_VISIT:
            .explanation(try explanation(message.explain_visit.pointee))
        case KEZEK__V1__RESPONSE__REPLY_GET_VISIT_PLAN:
            .plan(try plan(message.get_visit_plan.pointee))
        default: nil
        }
    }

    private func freeWindows(
        _ message: Kezek__V1__VisitWindowsReply
    ) throws(Refusal) -> FreeWindows {
        FreeWindows(
            area: try office(message.area, "area"), revision: message.revision, due: message.due,
            windows: try given(message.windows, "windows", windows),
            refused: try given(message.refused, "refused", windows),
            ways: try choice(message.ways.rawValue, "ways"))
    }

    private func view(_ message: Kezek__V1__Visit) throws(Refusal) -> VisitView {
        VisitView(
            id: try visit(message.id), state: try choice(message.state.rawValue, "state"),
            words: message.person == nil ? nil : try person(message.person),
            needs: try needs(message.n_needs, message.needs, "needs"),
            avoided: try crews(message.n_avoided, message.avoided, "avoided"),
            service: message.service_seconds, setup: message.setup_seconds,
            askedAt: message.asked_at, due: message.due,
            promise: try optionalWindow(message.promise, "promise"),
            heldUntil: message.held_until == 0 ? nil : message.held_until,
            isUnkept: message.unkept != 0, reason: try text(message.reason, "reason"),
            secret: try optionalSecret(message.secret, "secret"))
    }

    private func explanation(
        _ message: Kezek__V1__VisitExplanationReply
    ) throws(Refusal) -> VisitExplained {
        try same(
            [message.n_other_day, message.n_other_extra_travel, message.n_other_reason],
            as: message.n_other_crew, "other_crew")
        var elsewhere: [VisitExplained.Elsewhere] = []
        for index in 0..<message.n_other_crew {
            let (travel, reason) = (message.other_extra_travel[index], message.other_reason[index])
            elsewhere.append(
                VisitExplained.Elsewhere(
                    crew: try crew(message.other_crew[index], "other_crew"),
                    date: try date(message.other_day[index], "other_day"),
                    extraTravel: travel == .min ? nil : travel,
                    reason: reason.rawValue == 0
                        ? nil : try choice(reason.rawValue, "other_reason")))
        }
        return VisitExplained(
            id: try visit(message.id), crew: try crew(message.crew, "crew"),
            date: try date(message.day, "day"), arrival: message.arrival, start: message.start,
            extraTravel: message.extra_travel, waitsForWindow: message.waits_for_window != 0,
            slack: message.slack, bound: try choice(message.bound.rawValue, "bound"),
            boundVisit: message.bound_visit, elsewhere: elsewhere)
    }

    private func plan(_ message: Kezek__V1__VisitPlanReply) throws(Refusal) -> AreaPlan {
        AreaPlan(
            area: try office(message.area, "area"), revision: message.revision,
            isWhole: message.whole != 0, from: try date(message.from_day, "from_day"),
            days: message.days,
            crewDays: try list(message.n_crew_days, message.crew_days) { (day) throws(Refusal) in
                try crewDay(day)
            },
            visits: try list(message.n_visits, message.visits) { (inner) throws(Refusal) in
                try view(inner)
            }, at: message.at == 0 ? nil : try second(message.at, "at"))
    }

    private func crewDay(
        _ message: Kezek__V1__VisitPlanReply__CrewDay
    ) throws(Refusal) -> AreaPlan.CrewDay {
        try same(
            [
                message.n_visit, message.n_arrival, message.n_start, message.n_end,
                message.n_begun,
            ], as: message.n_stop, "stop")
        // A server of before tells of no ways.
        if message.n_way > 0 { try same([message.n_way], as: message.n_stop, "way") }
        var stops: [AreaPlan.Stop] = []
        for index in 0..<message.n_stop {
            stops.append(
                AreaPlan.Stop(
                    kind: try kind(message.stop[index], message.visit[index]),
                    arrival: try second(message.arrival[index], "arrival"),
                    start: try second(message.start[index], "start"),
                    end: try second(message.end[index], "end"),
                    isBegun: message.begun[index] != 0,
                    way: message.n_way > 0 ? message.way[index] : 0))
        }
        let hours = try window(message.hours, "hours")
        _ = try second(hours.start, "hours")
        _ = try second(hours.end, "hours")
        return AreaPlan.CrewDay(
            crew: try crew(message.crew, "crew"), date: try date(message.day, "day"),
            hours: hours, isAbsent: message.absent != 0,
            travel: message.travel, waiting: message.waiting, stops: stops,
            back: message.back == 0 ? nil : try second(message.back, "back"))
    }

    private func kind(
        _ stop: Kezek__V1__VisitStop, _ visit: UInt32
    ) throws(Refusal) -> AreaPlan.Stop.Kind {
        switch stop {
        case KEZEK__V1__VISIT_STOP__VISIT_STOP_VISIT: return .visit(visit)
        case KEZEK__V1__VISIT_STOP__VISIT_STOP_HELD: return .held(visit)
        case KEZEK__V1__VISIT_STOP__VISIT_STOP_LUNCH: return .lunch
        default: throw unknownValue("stop")
        }
    }
}
