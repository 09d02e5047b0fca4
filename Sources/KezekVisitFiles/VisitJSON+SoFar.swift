// SPDX-License-Identifier: Apache-2.0

import Texts
import Visits

extension VisitJSON {
    /// What has happened of a file's day: `now`, and what is `begun` by each vehicle.
    static func soFar(
        _ file: JSONField, _ shifts: [Shift], _ visits: [Visit], _ places: inout PlaceTable,
        _ notes: inout VisitNotes, _ keys: inout VisitKeys
    ) throws(VisitFileFault) -> DaySoFar {
        let now = try file.optional("now")?.integer
        var paid: Set<VisitID> = []
        let known = Set(visits.map(\.id))
        var begun: [ShiftID: [DaySoFar.Begun]] = [:]
        for (vehicle, shift) in zip(try file.member("vehicles").elements, shifts) {
            var entries: [DaySoFar.Begun] = []
            var lunches: Set<Int> = []
            var free: Int?
            for field in try vehicle.optional("begun")?.elements ?? [] {
                try keys.look(at: field, as: .begun)
                let entry = try self.begun(field, &places)
                switch entry.done.stop {
                case .visit(let id):
                    guard known.contains(id) || entry.place != nil else {
                        throw VisitFileFault(field: "\(field.path).id", "there is no such job")
                    }
                    guard entry.isInVain || paid.insert(id).inserted else {
                        throw VisitFileFault(field: field.path, "this job is begun twice")
                    }
                case .lunch(let number):
                    guard shift.lunches.contains(where: { $0.number == number }),
                        lunches.insert(number).inserted
                    else {
                        throw VisitFileFault(
                            field: "\(field.path).id",
                            "the vehicle has no such break, or has begun it already")
                    }
                }
                guard entry.done.arrival >= free ?? entry.done.arrival else {
                    throw VisitFileFault(field: field.path, "begins before the step before it ends")
                }
                free = entry.done.end
                if let note = try note(field) {
                    try describe(entry.done.stop, note, field, known, &notes, &keys)
                }
                entries.append(entry)
            }
            begun[shift.id] = entries
        }
        return DaySoFar(now: now, begun: begun)
    }

    /// Takes what is said of a place that no job of the file has; a job that it has says that itself.
    private static func describe(
        _ stop: Stop, _ note: String, _ field: JSONField, _ known: Set<VisitID>,
        _ notes: inout VisitNotes, _ keys: inout VisitKeys
    ) throws(VisitFileFault) {
        let path = "\(field.path).description"
        guard let id = stop.visit, !known.contains(id) else { return keys.passOver(path) }
        guard notes.visits[id] == nil || notes.visits[id] == note else {
            throw VisitFileFault(field: path, "this job is described otherwise above")
        }
        notes.visits[id] = note
    }

    private static func begun(
        _ field: JSONField, _ places: inout PlaceTable
    ) throws(VisitFileFault) -> DaySoFar.Begun {
        let number = try field.member("id").integer
        let stop: Stop
        switch try field.member("type").string {
        case "job": stop = .visit(VisitID(number))
        case "break": stop = .lunch(number)
        case let type: throw VisitFileFault(field: field.path, "\(type) is not in the model")
        }
        let start = try field.member("start").integer
        let arrival = try field.optional("arrival")?.integer ?? start
        let end = try field.member("end").integer
        guard arrival <= start, start <= end else {
            throw VisitFileFault(field: field.path, "ends before it starts")
        }
        let place = try places.place(in: field, row: "location_index", location: "location")
        let isInVain = try field.optional("in_vain")?.boolean ?? false
        guard place == nil || isInVain && stop.visit != nil else {
            throw VisitFileFault(
                field: field.path, "only a job that was tried in vain has a place of its own here")
        }
        return DaySoFar.Begun(
            DoneStop(stop, arrival: arrival, start: start, end: end), isInVain: isInVain,
            place: place)
    }

    /// Writes what has begun, with the `addresses` of what is no job of the file.
    static func write(
        _ begun: [DaySoFar.Begun], _ coordinates: [Coordinate?], _ addresses: [VisitID: String],
        _ text: inout JSONWriter
    ) {
        guard !begun.isEmpty else { return }
        text.member("begun")
        text.list(begun) { text, entry in
            text.object { text in
                switch entry.done.stop {
                case .visit(let id):
                    text.member("type", "job")
                    text.member("id", id.number)
                    if let address = addresses[id] { text.member("description", address) }
                    write(entry.place, "location_index", "location", coordinates, &text)
                    text.member("arrival", entry.done.arrival)
                case .lunch(let number):
                    text.member("type", "break")
                    text.member("id", number)
                }
                text.member("start", entry.done.start)
                text.member("end", entry.done.end)
                if entry.isInVain { text.member("in_vain", isTrue: true) }
            }
        }
    }
}
