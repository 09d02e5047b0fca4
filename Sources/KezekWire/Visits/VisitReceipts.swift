// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import Enquiries
import HomeVisits
import Parties

/// `VisitReceipt`: what came of a command on home visits.
extension WireWriter {
    func receipt(
        _ receipt: VisitReceipt
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__VisitReceipt> {
        try message(kezek__v1__visit_receipt__init) { (message) throws(Full) in
            message.area = try text(receipt.area.description)
            message.revision = receipt.revision
            if let visit = receipt.visit { message.visit = try name(visit) }
            message.state = Kezek__V1__VisitState(UInt32(receipt.state?.rawValue ?? 0))
            if let promise = receipt.promise { message.promise = try window(promise) }
            if let offer = receipt.offer { message.offer = try self.offer(offer) }
            try list(receipt.unkept, &message.n_unkept, &message.unkept) {
                (promise) throws(Full) in try unkept(promise)
            }
            if let figures = receipt.replan { message.replan = try replan(figures) }
            if let secret = receipt.secret { message.secret = try self.secret(secret) }
        }
    }

    func offer(
        _ offer: OfferList
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__VisitReceipt__Offer> {
        try message(kezek__v1__visit_receipt__offer__init) { (message) throws(Full) in
            message.until = offer.until
            message.due = offer.due
            message.windows = try windows(offer.windows)
            message.refused = try windows(offer.refused)
            message.ways = Kezek__V1__VisitWays(UInt32(offer.ways?.rawValue ?? 0))
        }
    }

    func unkept(
        _ unkept: UnkeptPromise
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__VisitReceipt__Unkept> {
        try message(kezek__v1__visit_receipt__unkept__init) { (message) throws(Full) in
            message.number = unkept.number
            message.promise = try window(unkept.promise)
            if let late = unkept.late {
                message.late_start = late.start
                message.late_crew = try text(late.crew.description)
            }
            message.alternatives = try windows(unkept.alternatives)
        }
    }

    func replan(
        _ figures: ReplanFigures
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__VisitReceipt__Replan> {
        try message(kezek__v1__visit_receipt__replan__init) {
            $0.published = figures.isPublished ? 1 : 0
            $0.travel_before = figures.travelBefore
            $0.travel_after = figures.travelAfter
            $0.moved = figures.moved
            $0.regained = figures.regained
        }
    }
}

extension WireReader {
    func receipt(_ message: Kezek__V1__VisitReceipt) throws(Refusal) -> VisitReceipt {
        var state: HomeVisit.State?
        if message.state.rawValue != 0 { state = try choice(message.state.rawValue, "state") }
        return VisitReceipt(
            area: try office(message.area, "area"), revision: message.revision,
            visit: message.visit == nil ? nil : try visit(message.visit), state: state,
            promise: try optionalWindow(message.promise, "promise"),
            offer: try message.offer.map { (inner) throws(Refusal) in try offer(inner.pointee) },
            unkept: try list(message.n_unkept, message.unkept) { (inner) throws(Refusal) in
                try unkept(inner)
            }, replan: message.replan.map { replan($0.pointee) },
            secret: try optionalSecret(message.secret, "secret"))
    }

    func offer(_ message: Kezek__V1__VisitReceipt__Offer) throws(Refusal) -> OfferList {
        var ways: WayOrigin?
        if message.ways.rawValue != 0 { ways = try choice(message.ways.rawValue, "offer.ways") }
        return OfferList(
            until: message.until, due: message.due,
            windows: try given(message.windows, "offer.windows", windows),
            refused: try given(message.refused, "offer.refused", windows), ways: ways)
    }

    func unkept(_ message: Kezek__V1__VisitReceipt__Unkept) throws(Refusal) -> UnkeptPromise {
        var late: UnkeptPromise.Late?
        if message.late_crew.len > 0 {
            late = UnkeptPromise.Late(
                start: message.late_start, crew: try crew(message.late_crew, "late_crew"))
        }
        return UnkeptPromise(
            number: message.number, promise: try window(message.promise, "unkept.promise"),
            late: late,
            alternatives: try given(message.alternatives, "unkept.alternatives", windows))
    }

    func replan(_ message: Kezek__V1__VisitReceipt__Replan) -> ReplanFigures {
        ReplanFigures(
            isPublished: message.published != 0, travelBefore: message.travel_before,
            travelAfter: message.travel_after, moved: message.moved, regained: message.regained)
    }
}
