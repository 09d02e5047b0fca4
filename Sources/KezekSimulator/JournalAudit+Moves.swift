// SPDX-License-Identifier: Apache-2.0

import Journal
import Queue

extension JournalAudit {
    /// A move has two halves, on one day or on two of one office: who gave a booking up has the other, and has
    /// it through the same channel if the office moved it.
    func checkMoves() throws(AuditFailure) {
        var left: [String: [Held.MovedFrom: BookingMove]] = [:]
        var come: [(office: String, move: BookingMove)] = []
        for (stream, checker) in checkers {
            guard case .officeDay(let office, let date) = stream else { continue }
            let moves = checker.moves(on: date)
            for move in moves.from { left[office, default: [:]][move.from] = move }
            come += moves.to.map { (office: office, move: $0) }
        }
        for (office, move) in come {
            let other = left[office]?.removeValue(forKey: move.from)
            guard let other, other.to == move.to, other.applicant == move.applicant else {
                throw AuditFailure(
                    description: "\(office): nobody gave a booking up for \(move.to.date), "
                        + "\(move.to.number)")
            }
            guard move.channel == nil || move.channel == other.channel else {
                throw AuditFailure(
                    description: "\(office): the office moved a booking to \(move.to.date), "
                        + "\(move.to.number), and to another channel")
            }
        }
        for (office, moves) in left {
            guard let move = moves.keys.first else { continue }
            throw AuditFailure(
                description: "\(office): the booking \(move.date), \(move.number) was given up for "
                    + "none that there is")
        }
    }
}
