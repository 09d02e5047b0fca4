// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HomeVisits
import Parties
import Queue

/// A visit's number, or its link, which has its secret too: `astana-1/17` or `astana-1/17/` and 32
/// hexadecimal digits.
struct VisitReference: ExpressibleByArgument, CustomStringConvertible {
    let visit: HomeVisitID
    let secret: BookingSecret?

    init(_ visit: HomeVisitID, _ secret: BookingSecret?) {
        self.visit = visit
        self.secret = secret
    }

    init?(argument: String) {
        if let visit = HomeVisitID(argument) {
            self.init(visit, nil)
            return
        }
        guard let slash = argument.lastIndex(of: "/"),
            let visit = HomeVisitID(String(argument[..<slash])),
            let secret = BookingSecret(String(argument[argument.index(after: slash)...]))
        else { return nil }
        self.init(visit, secret)
    }

    /// As it is typed again.
    var description: String { secret.map { "\(visit)/\($0)" } ?? "\(visit)" }

    /// A number alone is enough for a dispatcher.
    var proof: BookingProof? { secret.map { .secret($0) } }
}

/// Which visit a command is about.
struct VisitArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "The visit's link, or its number as astana-1/17.", valueName: "visit-link"))
    var reference: VisitReference

    var visit: HomeVisitID { reference.visit }
}

/// Which visit a command is about, and what shows that its applicant wants it.
struct ProvenVisitArgument: ParsableArguments {
    @OptionGroup var named: VisitArgument

    @Option(
        help: ArgumentHelp(
            "The applicant's IIN instead of the link; '-' reads it from standard input.",
            valueName: "number|-"))
    var iin: String?

    @Option(
        name: .customLong("reference"),
        help: ArgumentHelp("The other system's name for the applicant.", valueName: "text"))
    var applicantReference: String?

    var visit: HomeVisitID { named.visit }

    func validate() throws {
        guard iin != nil || applicantReference != nil else { return }
        try ApplicantOptions.check(iin: iin, reference: applicantReference)
    }

    /// What was given; nil for a number alone, which is enough for a dispatcher.
    func proof() throws -> BookingProof? {
        guard iin != nil || applicantReference != nil else { return named.reference.proof }
        return .applicant(try ApplicantOptions.applicant(iin: iin, reference: applicantReference))
    }
}
