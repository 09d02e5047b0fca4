// SPDX-License-Identifier: Apache-2.0

public import Parties

extension BookingView {
    /// The same with what its applicant acts on it with.
    public func with(_ key: BookingKey) -> BookingView {
        var view = self
        view.key = key
        return view
    }
}

extension TicketView {
    /// The same with what its holder asks about it with.
    public func with(_ secret: BookingSecret) -> TicketView {
        var view = self
        view.secret = secret
        return view
    }
}
