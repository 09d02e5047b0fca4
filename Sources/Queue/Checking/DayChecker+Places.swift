// SPDX-License-Identifier: Apache-2.0

/// That all who have booked can be served, each at one window for the whole time.
extension DayChecker {
    /// After a new plan: each live booking whose applicant is still to come has a place in it, those
    /// made in the same entry aside.
    ///
    /// Who is here already may have none, nor need a place that was cancelled and is not free yet: if not all
    /// can be seated, those alone count from now on who are to come. But where the entry says for whom it keeps
    /// a place at another time and for whom it cannot, these places count, and everybody else who is here
    /// and whose time is not over must have one.
    mutating func checkNobodyIsDisplaced(
        _ plan: DayPlan, but new: [UInt32], shown: () -> [UInt32: Int]
    ) throws(Violation) {
        var seating = Seating(DayWindows(plan))
        let takers = bookings.filter { $0.value.takesPlace && !new.contains($0.key) }
            .sorted { $0.key < $1.key }
        for (number, booking) in takers where booking.isComing {
            let isSeated =
                plan.policy != .walkInOnly && seating.add(number, booking, shown: shown)
            try require(isSeated, .displaced, "booking \(number)")
        }
        for (number, booking) in takers where !seatedNearby.isEmpty && isKept(number, booking, plan)
        {
            let isInTime = booking.keptAt.map { now <= $0 } ?? true
            let isSeated = isInTime && seating.add(number, booking, shown: shown)
            try require(isSeated, .capacity, "booking \(number), who is here")
        }
        var all = seating
        let isRoomForAll = takers.allSatisfy { number, booking in
            seating.numbers.contains(number) || seatedNearby[number] == false
                || all.add(number, booking, shown: shown)
        }
        self.seating = isRoomForAll ? all : seating
    }

    /// Whether somebody is here for whom a place must be kept, by an entry that says for whom it cannot be.
    private func isKept(_ number: UInt32, _ booking: BookingBook, _ plan: DayPlan) -> Bool {
        guard booking.stage == .arrived else { return false }
        return seatedNearby[number]
            ?? (now < booking.end(plan))
    }

    /// Each booking made in this entry has a place beside all others, within its channel's share unless
    /// the office moved it, and each applicant has no more than one for a service.
    mutating func checkPlaces(
        taken: [UInt32], _ plan: DayPlan, shown: () -> [UInt32: Int]
    ) throws(Violation) {
        guard !taken.isEmpty, var seating else { return }
        for number in seating.numbers where bookings[number]?.takesPlace != true {
            seating.remove(number)
        }
        for number in taken {
            guard let booking = bookings[number], booking.takesPlace else { continue }
            let who = "booking \(number)"
            guard let turns = seating.windows.turns(booking) else { throw violation(.slot, who) }
            let isSeated = seating.add(number, booking, shown: shown)
            try require(isSeated, .capacity, who)
            for slot in turns.flatMap({ $0 }) where !booking.isMovedByOffice {
                let own = seating.numbers(in: slot).filter {
                    bookings[$0]?.channel == booking.channel
                }
                try require(
                    own.count <= seating.windows.share(booking.channel, in: slot), .share,
                    "\(who) at \(seating.windows.start(of: slot))")
            }
        }
        self.seating = seating
        for number in taken { try checkApplicant(number) }
    }

    func checkApplicant(_ number: UInt32) throws(Violation) {
        guard let booking = bookings[number], booking.stage.isLive else { return }
        let others = bookings.filter {
            $0.key != number && $0.value.stage.isLive && $0.value.applicant == booking.applicant
                && !Set($0.value.services).isDisjoint(with: booking.services)
        }
        try require(
            others.isEmpty, .oneBooking,
            "booking \(number) and "
                + others.keys.sorted().map(String.init).joined(separator: ", "))
    }
}

extension BookingBook {
    /// As a new plan finds it.
    var withoutKeptPlace: BookingBook {
        var book = self
        book.keptAt = nil
        return book
    }

    /// When its last service is done as planned.
    fileprivate func end(_ plan: DayPlan) -> Int32 {
        let slot = plan.rules.slotMinutes * 60
        var end = start
        for service in services.dropLast() {
            var left = plan.services[Int(service)].seconds
            while left > 0 {
                left -= slot
                end += slot
            }
        }
        return end + plan.services[Int(services[services.count - 1])].seconds
    }

    /// Whether the applicant is still to come.
    fileprivate var isComing: Bool { stage == .held || stage == .confirmed }
}
