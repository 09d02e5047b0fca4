// SPDX-License-Identifier: Apache-2.0

import CallLimits
import Visits

/// What a visit asks of a crew, whoever it is for.
struct VisitTask {
    let place: HomePoint
    /// Seconds with the applicant, and before them for setting up.
    let service: Int
    let setup: Int
    let needs: [NeedID]
    /// Crews that must not come.
    let avoided: [CrewID]
    /// Seconds since the epoch.
    let due: Int
}

extension VisitBook {
    /// What a visit asks for; whoever is forgotten counts as living at the office.
    func task(of visit: HomeVisit) -> VisitTask {
        VisitTask(
            place: visit.words?.place ?? area.home, service: visit.service, setup: visit.setup,
            needs: visit.needs, avoided: visit.avoided, due: Int(visit.due))
    }

    /// A task under some number, at a place of a problem with these shifts.
    func visit(
        _ task: VisitTask, as id: VisitID, at place: Place, on shifts: [Shift]
    ) -> Visit {
        Visit(
            id: id, place: place, service: task.service, setup: task.setup,
            skills: task.needs.map { need in
                // What the area describes no more, nobody has.
                Skill(area.needs.firstIndex { $0.id == need } ?? CallLimit.areaNeeds)
            },
            due: task.due, avoided: those(of: task.avoided, among: shifts))
    }

    private func those(of crews: [CrewID], among shifts: [Shift]) -> [ShiftID] {
        guard !crews.isEmpty else { return [] }
        return shifts.map(\.id).filter {
            PlanNumbers.crew(of: $0) != PlanNumbers.nobody && crews.contains(crew(of: $0))
        }
    }
}
