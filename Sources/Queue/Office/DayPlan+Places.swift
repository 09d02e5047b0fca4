// SPDX-License-Identifier: Apache-2.0

/// More names of services or windows than a day has places for.
public struct NamesFault: Error, Hashable, Sendable {
    /// `services` or `windows`.
    public let field: String
    /// The names that the plan has no more, and that the day cannot do without.
    public let needed: [String]
    /// How many places a day has.
    public let limit: Int

    public init(field: String, needed: [String], limit: Int) {
        self.field = field
        self.needed = needed
        self.limit = limit
    }
}

extension DayPlan {
    /// The places of services and windows that something on the day refers to.
    public struct PlacesInUse: Hashable, Sendable {
        public var services: Set<Int>
        public var windows: Set<Int>

        public init(services: Set<Int>, windows: Set<Int>) {
            self.services = services
            self.windows = windows
        }

        /// Every place of a plan.
        public static func all(of plan: DayPlan) -> PlacesInUse {
            PlacesInUse(
                services: Set(plan.services.indices), windows: Set(plan.windows.indices))
        }
    }

    /// This plan with the services and windows in the places that they have in an earlier plan of
    /// the same day, as bookings and tickets refer to them by place.
    ///
    /// What is no longer there stays as a service that no window renders, or a window without hours.
    /// If that makes more names than a day has places, new ones take the places of old ones that
    /// nothing refers to.
    ///
    /// - Throws: ``NamesFault`` if even then not every new name has a place.
    public func keepingPlaces(
        of old: DayPlan, inUse: PlacesInUse? = nil
    ) throws(NamesFault) -> DayPlan {
        let inUse = inUse ?? .all(of: old)
        let services = try arrange(
            services, after: old.services, name: \.id, inUse.services, QueueOffice.serviceLimit,
            "services")
        func mask(_ window: Window) -> UInt8 {
            services.enumerated().reduce(UInt8(0)) { mask, service in
                guard let place = self.service(service.element.id),
                    window.services & 1 << UInt8(place) != 0
                else { return mask }
                return mask | 1 << UInt8(service.offset)
            }
        }
        let windows = try arrange(
            windows, after: old.windows, name: \.id, inUse.windows, QueueOffice.windowLimit,
            "windows")
        return DayPlan(
            midnight: midnight, policy: policy, policyRule: policyRule, hours: hours,
            closedBecause: closedBecause, services: services,
            windows: windows.map { window in
                self.window(window.id) == nil
                    ? Window(id: window.id, services: 0, spans: [])
                    : Window(id: window.id, services: mask(window), spans: window.spans)
            }, rules: rules, waitLimit: waitLimit, serviceLimit: serviceLimit,
            calendarVersion: calendarVersion, clockChange: clockChange, slotHours: slotHours,
            reception: reception)
    }

    /// The new items in the places of the old ones of their names, and the others where there is
    /// room; old ones stay where they are unless their place is needed and nothing refers to them.
    private func arrange<Item, Name: Hashable & CustomStringConvertible>(
        _ new: [Item], after old: [Item], name: (Item) -> Name, _ inUse: Set<Int>, _ limit: Int,
        _ field: String
    ) throws(NamesFault) -> [Item] {
        let oldNames = Set(old.map(name))
        let newNames = Set(new.map(name))
        var added = new.filter { !oldNames.contains(name($0)) }[...]
        var arranged = old.map { item in new.first { name($0) == name(item) } ?? item }
        var missing = old.count + added.count - limit
        for place in old.indices where missing > 0 && !inUse.contains(place) {
            guard !newNames.contains(name(old[place])), let item = added.popFirst() else {
                continue
            }
            arranged[place] = item
            missing -= 1
        }
        guard missing <= 0 else {
            let needed = inUse.sorted().filter(old.indices.contains).map { name(old[$0]) }
                .filter { !newNames.contains($0) }
            throw NamesFault(field: field, needed: needed.map(\.description), limit: limit)
        }
        return arranged + added
    }
}
