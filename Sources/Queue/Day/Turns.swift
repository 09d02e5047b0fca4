// SPDX-License-Identifier: Apache-2.0

/// The turns of a booking after its first, in four bytes: days keep many bookings, and hardly any has these.
///
/// Three bits for each service, then how many there are, then whether all is at one window.
struct PackedTurns: Hashable, Sendable {
    private var bits: UInt32 = 0

    /// None.
    init() {}

    /// - Precondition: at most seven.
    init(_ turns: FurtherTurns?) {
        guard let turns else { return }
        for (place, service) in turns.services.prefix(7).enumerated() {
            bits |= UInt32(service & 7) << UInt32(3 * place)
        }
        bits |= UInt32(min(7, turns.services.count)) << 21
        if turns.isAtOneWindow { bits |= 1 << 24 }
    }

    var isNone: Bool { bits == 0 }
    var count: UInt8 { UInt8(bits >> 21 & 7) }
    var isAtOneWindow: Bool { bits >> 24 & 1 == 1 }

    func service(_ turn: Int) -> UInt8 { UInt8(bits >> UInt32(3 * turn) & 7) }

    var services: [UInt8] { (0..<Int(count)).map { service($0) } }

    /// Nil if there are none.
    var turns: FurtherTurns? {
        isNone ? nil : FurtherTurns(services: services, isAtOneWindow: isAtOneWindow)
    }
}

extension FurtherServices {
    /// The same by the services' places in a plan; nil if it has not all of them.
    public func turns(in plan: DayPlan) -> FurtherTurns? {
        let places = services.compactMap { plan.service($0) }
        guard places.count == services.count else { return nil }
        return FurtherTurns(services: places.map { UInt8($0) }, isAtOneWindow: isAtOneWindow)
    }
}

extension FurtherTurns {
    /// The same by the services' names.
    public func services(in plan: DayPlan) -> FurtherServices {
        FurtherServices(
            services: services.map { plan.services[Int($0)].id }, isAtOneWindow: isAtOneWindow)
    }
}

extension Held {
    /// Its services in turn.
    public var turns: [UInt8] { [service] + (further?.services ?? []) }
}

extension Booking {
    /// Its services in turn.
    public var turns: [UInt8] { [service] + (further?.services ?? []) }
}
