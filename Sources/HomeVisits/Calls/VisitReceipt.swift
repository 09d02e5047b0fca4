// SPDX-License-Identifier: Apache-2.0

public import Parties

extension VisitReceipt {
    /// The same with the secret of its visit.
    public func with(_ secret: BookingSecret) -> VisitReceipt {
        VisitReceipt(
            area: area, revision: revision, visit: visit, state: state, promise: promise,
            offer: offer, unkept: unkept, replan: replan, secret: secret)
    }
}
