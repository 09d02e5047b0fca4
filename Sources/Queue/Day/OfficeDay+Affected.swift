// SPDX-License-Identifier: Apache-2.0

extension OfficeDay {
    /// Whom a new plan leaves without a window or a place: to be told before it holds.
    public struct Affected: Hashable, Sendable {
        /// Those who wait, were set aside or did not answer, in the order in which they came.
        public var tickets: [TicketView] = []
        /// Numbers that kiosks may still give out.
        public var leases: [NumberLease] = []

        public init() {}
    }

    /// Whom a new plan leaves without a window, though the one in force has one for them.
    ///
    /// A window is one that renders the service and is planned to be there at any time from now on; for
    /// who waits for one window alone, it is that one. Somebody who has come for a booking that is still to be is
    /// one of them too if the new plan has no place for it. They keep their places in the line: windows that are
    /// open call them still.
    ///
    /// Leases are those with numbers left that are of such a service, or that could be given out at a time
    /// from now on at which the office would receive nobody any more.
    public func affected(by plan: DayPlan, at now: Int32) -> Affected {
        func lasts(_ plan: DayPlan, _ service: UInt8, at window: Int) -> Bool {
            plan.renders(service, at: window)
                && plan.windows[window].spans.contains { now < $0.end }
        }
        func lasts(_ plan: DayPlan, _ service: Int) -> Bool {
            plan.windows.indices.contains { lasts(plan, UInt8(service), at: $0) }
        }
        func isLost(_ service: Int) -> Bool {
            let bit = UInt8(1) << UInt8(service)
            return lasts(self.plan, service) && !lasts(plan, service)
                || plan.unrendered & ~self.plan.unrendered & bit != 0
        }
        let lost = self.plan.services.indices.filter(isLost)
        let without = arrivedWithoutPlace(in: plan, at: now)
        var affected = Affected()
        affected.tickets = tickets.filter { ticket in
            switch ticket.state {
            case .called, .serving, .finished: return false
            case .waiting, .parked, .skipped: break
            }
            let isTurnedAway = direction(of: ticket).map { window in
                !plan.renders(ticket.service, at: Int(window))
                    || lasts(self.plan, ticket.service, at: Int(window))
                        && !lasts(plan, ticket.service, at: Int(window))
            }
            return lost.contains(Int(ticket.service)) || isTurnedAway == true
                || without.contains(ticket.booking)
        }.map { view($0) }
        // A service with another letter gives out none of the numbers that are leased.
        let renamed = zip(self.plan.services, plan.services).enumerated()
            .filter { $0.element.0.letter != $0.element.1.letter }.map(\.offset)
        let letters = (lost + renamed).map { self.plan.services[$0].letter }
        let isShorter = receivesLess(by: plan, from: now)
        affected.leases = leases.filter { lease in
            !lease.isOver && lease.used < Int(lease.lease.count)
                && (isShorter || letters.contains(lease.lease.letter))
        }.map(\.lease)
        return affected
    }

    /// Whether the office receives at some time from now on, and would not by another plan.
    private func receivesLess(by plan: DayPlan, from now: Int32) -> Bool {
        let kept = plan.closedBecause == nil ? plan.hours.sorted { $0.start < $1.start } : []
        return self.plan.closedBecause == nil
            && self.plan.hours.contains { span in
                let reached = kept.reduce(max(span.start, now)) { reached, other in
                    other.start <= reached ? max(reached, other.end) : reached
                }
                return reached < span.end
            }
    }

    /// The bookings for which somebody has come, whose time is not over, and which lose their place.
    private func arrivedWithoutPlace(in plan: DayPlan, at now: Int32) -> Set<UInt32> {
        let arrived = inOrderOfPlaces.filter { bookings[Int($0) - 1].ticket >= 0 }
        var fitting = Capacity(grid(for: plan))
        for number in arrived { fitting.take(taker(number)) }
        return Set(
            arrived.filter { number in
                isHere(number, at: now) && fitting.isWithoutPlace(number)
                    && !capacity.isWithoutPlace(number) && !capacity.isElsewhere(number)
            })
    }
}
