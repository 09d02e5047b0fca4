// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue

extension QueueEngine {
    /// The first free slots of a service at several offices, the earliest first; of those at the same time, in the
    /// order in which the offices were named.
    ///
    /// - Throws: `unknownOffice` for the first that there is not; where none of them renders the service, or takes
    ///   bookings, what the first of them says.
    func nearestFree(
        _ question: NearestFreeQuestion, _ now: Timestamp
    ) throws(CommandFault) -> [OfficeSlot] {
        var found: [(order: Int, slot: OfficeSlot)] = []
        var (refusal, isAny) = (CommandFault?.none, false)
        for (order, office) in question.offices.enumerated()
        where !question.offices[..<order].contains(office) {
            do throws(CommandFault) {
                let starts = try firstFree(
                    FirstFreeQuestion(
                        office: office, service: question.service, channel: question.channel,
                        from: question.from, count: question.count, further: question.further),
                    now)
                isAny = true
                found += starts.map { (order, OfficeSlot(office: office, start: $0)) }
            } catch {
                switch error {
                case .refused(.unknownService, _, _), .refused(.noBookings, _, _),
                    .refused(.tooManyServices, _, _), .refused(.noWindowForAll, _, _):
                    refusal = refusal ?? error
                default: throw error
                }
            }
        }
        if !isAny, let refusal { throw refusal }
        return found.sorted { ($0.slot.start, $0.order) < ($1.slot.start, $1.order) }
            .prefix(question.count).map(\.slot)
    }
}
