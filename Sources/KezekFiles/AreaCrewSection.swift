// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Texts
import WorkingDays

/// Reads an area's crews, and the days on which somebody of them serves in the office.
struct AreaCrewSection {
    /// The names under `needs`, the wrong ones too: each fault is told once.
    let needs: [String]
    /// Everybody so far, and in which crew they are.
    private var members: [MemberID: String] = [:]

    init(needs: [String]) { self.needs = needs }

    mutating func crew(_ key: String, _ field: Field) throws(FileFault) -> VisitArea.Crew {
        guard let id = CrewID(key) else {
            throw field.fault(
                "expected a crew's name of 1 to 16 lower-case letters, digits and hyphens, found "
                    + "'\(key.prefix(60))'")
        }
        var fields = try field.fields()
        let membersField = try fields.required("members")
        var members: [MemberID] = []
        for item in try membersField.items() {
            let member = try item.member()
            if let other = self.members[member] {
                throw item.fault(
                    "expected each person in one crew, once; \(member) is in \(other)")
            }
            self.members[member] = key
            members.append(member)
        }
        try membersField.require(members.count, in: 1...VisitArea.memberLimit, "entries")
        let needs = try fields.optional("needs").map {
            (field) throws(FileFault) in try self.needs(field)
        }
        let weekdays = try fields.optional("weekdays").map {
            (field) throws(FileFault) in try self.weekdays(field)
        }
        let hours = try fields.optional("hours").map {
            (field) throws(FileFault) in try field.interval()
        }
        let profile = try fields.optional("profile").map {
            (field) throws(FileFault) in try self.profile(field)
        }
        try fields.finish()
        return VisitArea.Crew(
            id: id, members: members, needs: needs ?? [], weekdays: weekdays ?? [], hours: hours,
            profile: profile ?? .car)
    }

    private func profile(_ field: Field) throws(FileFault) -> TravelProfile {
        let text = try field.text()
        guard let profile = TravelProfile(name: text) else {
            throw field.fault(
                "expected how the crew travels, car, foot, bicycle or bus, found "
                    + "'\(text.prefix(60))'")
        }
        return profile
    }

    private func needs(_ field: Field) throws(FileFault) -> [NeedID] {
        var found: [NeedID] = []
        for item in try field.items() {
            let text = try item.text()
            guard needs.contains(text), let need = NeedID(text) else {
                throw item.fault(
                    needs.isEmpty
                        ? "expected a need of this area, which has none"
                        : "expected a need of this area: \(needs.joined(separator: ", "))")
            }
            guard !found.contains(need) else {
                throw item.fault("expected each need once, found '\(text)' again")
            }
            found.append(need)
        }
        return found
    }

    private func weekdays(_ field: Field) throws(FileFault) -> Set<Weekday> {
        var found: Set<Weekday> = []
        for item in try field.items() {
            let text = try item.text()
            guard let weekday = Weekday(name: text) else {
                throw item.fault("expected a weekday, monday to sunday, found '\(text.prefix(60))'")
            }
            guard found.insert(weekday).inserted else {
                throw item.fault("expected each weekday once, found '\(text)' again")
            }
        }
        guard !found.isEmpty else {
            throw field.fault(
                "expected weekdays; left out, the crew works on every day of the office")
        }
        return found
    }

    func duty(_ field: Field) throws(FileFault) -> VisitArea.OfficeDuty {
        var fields = try field.fields()
        let memberField = try fields.required("member")
        let member = try memberField.member()
        guard members[member] != nil else {
            throw memberField.fault("expected somebody who is in a crew, found '\(member)'")
        }
        let date = try fields.required("date").date()
        try fields.finish()
        return VisitArea.OfficeDuty(member: member, date: date)
    }
}

extension Field {
    fileprivate func member() throws(FileFault) -> MemberID {
        try value("a name of 1 to 32 lower-case letters, digits and hyphens")
    }
}
