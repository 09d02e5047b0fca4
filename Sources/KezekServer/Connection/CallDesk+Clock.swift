// SPDX-License-Identifier: Apache-2.0

import Enquiries
import Journal
import KezekEngine
import KezekWire
import Logging
import Texts

/// Whether the server's clock is believed.
extension CallDesk {
    /// Has the clock believed as it is.
    func acceptClock(
        _ request: RequestID, by caller: CallerID, _ language: Language, to address: ReturnAddress
    ) {
        guard let engine else {
            return address.send(Result<Reply, Refusal>.failure(CallDesk.noQueue(language)))
        }
        background {
            engine.acceptClock(request: request, by: caller, now: now()) { result in
                if case .success(true) = result {
                    log.log(.notice, "the clock was accepted", ["by": "\(caller)"])
                }
                address.send(
                    result.map { .clockAccepted($0) }.mapError {
                        note($0.cause)
                        return $0.refusal(in: language)
                    })
            }
        }
    }

    /// By a clock that is not believed, or behind what is recorded, no command is taken.
    func clockHealth(_ engine: QueueEngine, to listener: Listener) -> Health.Part {
        let behind = engine.clockBehind(now: now())
        var why: String?
        if let doubt = engine.clockDoubt {
            why = doubt.sentence
        } else if behind > QueueEngine.Limits.clockSlack {
            why =
                "\(behind) s behind what is recorded; commands are refused until it is set right, or "
                + "accepted with 'kezek clock accept'"
        }
        let detail =
            switch (listener, why) {
            case (.operator, let why?): why
            case (_, _?): "in doubt; its operator is told why"
            case (_, nil): "believed"
            }
        return Health.Part(.clock, isServing: why == nil, detail: detail)
    }
}
