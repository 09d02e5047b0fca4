// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import KezekWire
import Parties

extension VisitEngine {
    /// The fingerprint of a command on an area's visits.
    func fingerprint(_ command: VisitCommand) -> UInt64 {
        var mix = Fingerprint()
        switch command {
        case .describe(let area, let breaking):
            let arena = Arenas.take()
            defer { Arenas.give(arena) }
            mix.add(1)
            // A description has no words about people.
            mix.add(
                VisitEventCodec.encode(
                    [.described(area)], arena, words: WordSealing { _, _ in [] }))
            if breaking { mix.add(1) }
        case .offer(let offer):
            switch offer.subject {
            case .again(let number): mix.add([2, number] as [UInt32])
            case .new(let new):
                mix.add(3)
                mix.add(queue.keys.earliest(new.applicant))
                mix.add(new.words.joined)
                mix.add(UInt32(new.needs.count))
                for need in new.needs { mix.add(need.description) }
                for crew in new.avoided { mix.add(crew.description) }
                mix.add(new.minutes ?? -1)
            }
        case .promise(let id, let start, let isBreaking):
            mix.add([4, id.number] as [UInt32])
            mix.add(start)
            if isBreaking { mix.add(1) }
        case .cancel(let id, let canceller, let reason, let isBreaking):
            mix.add([5, id.number, UInt32(canceller.rawValue)] as [UInt32])
            mix.add(reason)
            if isBreaking { mix.add(1) }
        case .report(let id, let report, let crew):
            mix.add([6, id.number] as [UInt32])
            switch report {
            case .underWay: mix.add(1)
            case .arrived: mix.add(2)
            case .done: mix.add(3)
            case .nobodyHome: mix.add(4)
            case .longer(let minutes):
                mix.add(5)
                mix.add(minutes)
            }
            if let crew { mix.add(crew.description) }
        case .crew(_, let crew, let report):
            mix.add(7)
            mix.add(crew.description)
            switch report {
            case .delayed(let minutes):
                mix.add(1)
                mix.add(minutes)
            case .absent(let date):
                mix.add(2)
                mix.add(date.dayNumber)
            case .present(let date):
                mix.add(3)
                mix.add(date.dayNumber)
            }
        case .closeRoad(_, let closure):
            mix.add(8)
            mix.add(closure.name.description)
            mix.add(closure.centre.longitude)
            mix.add(closure.centre.latitude)
            mix.add(closure.radius)
            mix.add(closure.extra)
        case .openRoad(_, let name):
            mix.add(9)
            mix.add(name.description)
        case .replan(_, let seconds):
            mix.add(10)
            mix.add(seconds)
        }
        return mix.value
    }
}
