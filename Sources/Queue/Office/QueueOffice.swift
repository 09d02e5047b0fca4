// SPDX-License-Identifier: Apache-2.0

import CallLimits

extension QueueOffice {
    /// The most services and windows of one office.
    ///
    /// Capacity is checked for every set of services, and a set of windows is 64 bits.
    public static let serviceLimit = CallLimit.officeServices
    public static let windowLimit = CallLimit.officeWindows
    /// How many services one booking may be for beside its first.
    public static let furtherLimit = CallLimit.furtherServices

    /// The same office with these closures.
    public func with(closures: [Closure]) -> QueueOffice {
        QueueOffice(
            id: id, title: title, address: address, standard: standard, kind: kind, zone: zone,
            services: services, windows: windows, exceptions: exceptions, closures: closures,
            rules: rules, hours: hours, reception: reception, calendar: calendar)
    }
}
