// SPDX-License-Identifier: Apache-2.0

import HomeVisits

/// What came of a command, for a person at a terminal.
struct VisitReceiptText {
    let receipt: VisitReceipt
    let clock: AreaClock

    var lines: [String] {
        var lines: [String] = []
        if let id = receipt.visit {
            if let offer = receipt.offer {
                lines += OfferText(visit: id, offer: offer, clock: clock).lines
            } else {
                lines.append(visit(id))
            }
        }
        if let replan = receipt.replan { lines.append(figures(replan)) }
        if lines.isEmpty {
            lines.append("\(Terminal.styled("✓", .green)) \(receipt.area)")
        }
        for unkept in receipt.unkept {
            guard let id = HomeVisitID(area: receipt.area, number: unkept.number) else { continue }
            lines += [""] + UnkeptText(visit: id, unkept: unkept, clock: clock).lines
        }
        return lines
    }

    private func visit(_ id: HomeVisitID) -> String {
        let parts = [
            Terminal.styled("\(id)", .bold), receipt.state?.words,
            receipt.promise.map(clock.window),
        ]
        return parts.compactMap { $0 }.joined(separator: "  ")
    }

    private func figures(_ replan: ReplanFigures) -> String {
        let (before, after) = (wholeMinutes(replan.travelBefore), wholeMinutes(replan.travelAfter))
        guard replan.isPublished else {
            return "no better plan was found: \(before) min on the way as before"
        }
        return "\(before) → \(after) min on the way, \(replan.moved) moved to another crew or day, "
            + "\(replan.regained) found a place again"
    }
}
