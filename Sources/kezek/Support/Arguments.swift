// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
public import CivilTime
public import KezekTables
public import KezekWire
public import Texts

// The values that arguments are read as. Each has one spelling, so a typing error is an error.

extension CivilDate: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension Timestamp: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension CivilDateTime: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension Endpoint: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension Language: ExpressibleByArgument {}

extension BulkFormat: ExpressibleByArgument {}

extension CSVSeparator: ExpressibleByArgument {
    public init?(argument: String) { self.init(rawValue: argument == "tab" ? "\t" : argument) }

    public static var allValueStrings: [String] { [",", ";", "|", "tab"] }
}
