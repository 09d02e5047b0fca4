// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CallLimits
import CivilTime
import Enquiries
import HomeVisits
import Parties
import Texts

/// `VisitName`, `Place` and `TimeWindow`.
extension WireWriter {
    func name(_ id: HomeVisitID) throws(Full) -> UnsafeMutablePointer<Kezek__V1__VisitName> {
        try message(kezek__v1__visit_name__init) { (message) throws(Full) in
            message.area = try text(id.area.description)
            message.number = id.number
        }
    }

    func place(_ place: HomePoint) throws(Full) -> UnsafeMutablePointer<Kezek__V1__Place> {
        try message(kezek__v1__place__init) {
            $0.longitude = place.longitude
            $0.latitude = place.latitude
        }
    }

    func window(_ window: VisitWindow) throws(Full) -> UnsafeMutablePointer<Kezek__V1__TimeWindow> {
        try message(kezek__v1__time_window__init) {
            $0.start = window.start
            $0.end = window.end
        }
    }
}

extension WireReader {
    /// The name of a crew, a member of one, or a need: a short name of at most so many letters.
    func short<Name: LosslessStringConvertible>(
        _ bytes: ProtobufCBinaryData, _ field: StaticString, _ limit: Int
    ) throws(Refusal) -> Name {
        guard let name = Name(try name(bytes, field)) else { throw invalidName(field, limit) }
        return name
    }

    func crew(_ bytes: ProtobufCBinaryData, _ field: StaticString) throws(Refusal) -> CrewID {
        try short(bytes, field, 16)
    }

    func need(_ bytes: ProtobufCBinaryData, _ field: StaticString) throws(Refusal) -> NeedID {
        try short(bytes, field, 24)
    }

    func needs(
        _ count: Int, _ items: UnsafeMutablePointer<ProtobufCBinaryData>?, _ field: StaticString
    ) throws(Refusal) -> [NeedID] {
        try limit(count, CallLimit.areaNeeds, field)
        return try each(count, items, at: field) { (name) throws(Refusal) in try need(name, "") }
    }

    func crews(
        _ count: Int, _ items: UnsafeMutablePointer<ProtobufCBinaryData>?, _ field: StaticString
    ) throws(Refusal) -> [CrewID] {
        try limit(count, VisitArea.crewLimit, field)
        return try each(count, items, at: field) { (name) throws(Refusal) in try crew(name, "") }
    }

    func visit(
        _ message: UnsafeMutablePointer<Kezek__V1__VisitName>?
    ) throws(Refusal) -> HomeVisitID {
        guard let message = message?.pointee else { throw missing("visit") }
        guard
            let id = HomeVisitID(
                area: try office(message.area, "visit.area"), number: message.number)
        else { throw missing("visit.number") }
        return id
    }

    func place(
        _ message: UnsafeMutablePointer<Kezek__V1__Place>?, _ field: StaticString
    ) throws(Refusal) -> HomePoint {
        let message = try given(message, field)
        guard let place = HomePoint(longitude: message.longitude, latitude: message.latitude)
        else {
            throw invalid(
                "\(field)",
                kk: "градустың миллионнан бір бөлігімен −180–180° бойлық пен −90–90° ендік "
                    + "күтілді.",
                ru: "ожидались долгота от −180° до 180° и широта от −90° до 90° в миллионных "
                    + "долях градуса.",
                en: "expected a longitude of −180° to 180° and a latitude of −90° to 90°, in "
                    + "millionths of a degree.")
        }
        return place
    }

    func window(
        _ message: UnsafeMutablePointer<Kezek__V1__TimeWindow>?, _ field: StaticString
    ) throws(Refusal) -> VisitWindow {
        let message = try given(message, field)
        return try window(message.start, message.end, field)
    }

    /// A window whose ends some calendar has dates for.
    func knownWindow(
        _ message: UnsafeMutablePointer<Kezek__V1__TimeWindow>?, _ field: StaticString
    ) throws(Refusal) -> VisitWindow {
        let window = try window(message, field)
        _ = try second(window.start, field)
        _ = try second(window.end, field)
        return window
    }

    private func window(
        _ start: Int64, _ end: Int64, _ field: StaticString
    ) throws(Refusal) -> VisitWindow {
        try known(VisitWindow(start: start, end: end), field)
    }

    /// A second since the epoch that some calendar has a date for.
    func second(_ second: Int64, _ field: StaticString) throws(Refusal) -> Int64 {
        guard Timestamp(second: second) != nil else {
            throw invalid(
                "\(field)", kk: "1970 жылдан бергі секундпен 1–9999 жылдардағы уақыт күтілді.",
                ru: "ожидалось время в годах с 1 по 9999, в секундах с 1970 года.",
                en: "expected a time in the years 1 to 9999, in seconds since 1970.")
        }
        return second
    }
}
