// SPDX-License-Identifier: Apache-2.0

import HomeVisits
import Parties
import Texts

/// What came of a command, for a person at a terminal.
struct VisitReceiptText {
    let receipt: VisitReceipt
    let clock: AreaClock

    var lines: [String] {
        var lines: [String] = []
        if let id = receipt.visit {
            if let offer = receipt.offer {
                lines +=
                    OfferText(
                        visit: id, offer: offer, clock: clock, secret: receipt.secret
                    ).lines
            } else {
                lines.append(visit(id))
                if let secret = receipt.secret, receipt.state?.isOver == false {
                    lines.append(VisitReference(id, secret).line(clock))
                }
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
            Terminal.styled("\(id)", .bold),
            receipt.state?.words(clock)
                ?? clock.pick("ұзағырақ болады", "займёт больше времени", "takes longer"),
            receipt.promise.map(clock.window),
        ]
        return parts.compactMap { $0 }.joined(separator: "  ")
    }

    private func figures(_ replan: ReplanFigures) -> String {
        let (before, after) = (wholeMinutes(replan.travelBefore), wholeMinutes(replan.travelAfter))
        guard replan.isPublished else {
            return clock.pick(
                "бұдан жақсы жоспар табылмады: бұрынғыдай жолда \(before) мин",
                "лучшего плана не нашлось: \(before) мин в пути, как и раньше",
                "no better plan was found: \(before) min on the way as before")
        }
        let (moved, regained) = (replan.moved, replan.regained)
        return clock.pick(
            "жолда \(before) → \(after) мин, басқа бригадаға не күнге ауысты: \(moved), "
                + "қайта орын тапты: \(regained)",
            "\(before) → \(after) мин в пути, перенесено к другой бригаде или на другой день: \(moved), "
                + "снова нашли место: \(regained)",
            "\(before) → \(after) min on the way, \(moved) moved to another crew or day, "
                + "\(regained) found a place again")
    }
}
