// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallLimits
import Parties
import Queue
import Texts

/// What is booked: a service, or several one after another, for one person or more.
struct ServiceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The service; several of them, one after another, where it is given several times.",
            valueName: "name"))
    var service: [ServiceID]

    @Option(
        help: ArgumentHelp(
            "For how many persons; each takes each of the services.", valueName: "count"))
    var persons = 1

    @Flag(help: "All of it at one window; else each service at any window that renders it.")
    var oneWindow = false

    func validate() throws {
        let most = CallLimit.furtherServices + 1
        try Wrong.unless(persons, in: 1...most, "--persons")
        guard service.count * persons <= most else {
            throw Wrong.say(
                kk: "--service пен --persons: бәрі \(most) қызметтен аспауы керек.",
                ru: "--service и --persons: всего услуг не больше \(most).",
                en: "--service and --persons: at most \(most) services in all.")
        }
    }

    /// The first of the services in turn.
    var first: ServiceID { service[0] }

    /// Those after it: a service for each of the persons before the next service.
    var further: FurtherServices? {
        let turns = service.flatMap { Array(repeating: $0, count: persons) }
        guard turns.count > 1 else { return nil }
        return FurtherServices(services: Array(turns.dropFirst()), isAtOneWindow: oneWindow)
    }

    /// As a reply in JSON names it: the one service, or all of them.
    var named: String { service.map(\.description).joined(separator: ",") }
}

extension BookingView {
    /// Its services as a line names them, such as `acceptance` or `acceptance ×3 + results`.
    var services: String {
        BookingView.parts(of: [service] + (further?.services ?? []))
            .map { $0.count == 1 ? "\($0.service)" : "\($0.service) ×\($0.count)" }
            .joined(separator: " + ")
    }

    /// The same by their titles at an office.
    func services(at office: QueueOffice, _ language: Language) -> String {
        BookingView.parts(of: [service] + (further?.services ?? []))
            .map { part in
                let title = office.title(of: part.service, language)
                return part.count == 1 ? title : "\(title) ×\(part.count)"
            }.joined(separator: " + ")
    }

    /// Equal services that follow each other, taken together.
    private static func parts(of turns: [ServiceID]) -> [(service: ServiceID, count: Int)] {
        var parts: [(service: ServiceID, count: Int)] = []
        for service in turns {
            if let last = parts.last, last.service == service {
                parts[parts.count - 1].count += 1
            } else {
                parts.append((service, 1))
            }
        }
        return parts
    }
}
