// SPDX-License-Identifier: Apache-2.0

import Applications
import ArgumentParser
import CivilTime
import KezekWire
import Queue

/// Which papers are on the counter, and of whom.
struct PaperOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The applicant's group; 'kezek standards show' lists them.", valueName: "name"))
    var group: String

    @Flag(help: "The applicant has been on retraining courses.")
    var retrained = false

    @Flag(help: "The applicant holds a qualification category.")
    var categoryHeld = false

    @Flag(help: "Everything that is asked for is there, original and copy.")
    var complete = false

    @Option(
        name: .customLong("document"),
        help: ArgumentHelp(
            "A document that is there, original and copy; with ':original' or ':copy' only that; "
                + "with '@2027-01-31' its last valid day. May be repeated.",
            valueName: "name[:form][@date]"))
    var documents: [String] = []

    @Option(
        name: .customLong("without"),
        help: ArgumentHelp("With --complete: a document that is missing.", valueName: "name"))
    var missing: [String] = []

    func validate() throws {
        _ = try documents.map(Self.document)
        if !missing.isEmpty, !complete {
            throw Wrong.needs("--without", "--complete")
        }
    }

    var profile: ApplicantProfile {
        ApplicantProfile(group: group, isRetrained: retrained, holdsCategory: categoryHeld)
    }

    /// The documents; those that `--complete` means are asked for.
    func presented(
        _ standard: String, asking ask: (IntakeCheckQuestion) async throws -> IntakeAnswer
    ) async throws -> [PresentedDocument] {
        let named = try documents.map(Self.document)
        guard complete else { return named }
        // A document may go by other names, so it is asked for with those given.
        let without = missing.map { PresentedDocument(id: $0, original: false, copy: false) }
        let question = IntakeCheckQuestion(
            standard: standard, profile: profile, documents: named + without, on: nil)
        let answer = try await ask(question)
        let isMissing = { (line: IntakeAnswer.Line) in
            line.presented.map { !$0.original && !$0.copy } ?? false
        }
        if let odd = answer.lines.first(where: { !$0.isAskedFor && isMissing($0) }) {
            let list = answer.lines.filter(\.isAskedFor).map(\.document).joined(separator: ", ")
            throw CommandFailure(
                kk: "--without \(odd.document): бұл құжат сұралмайды; барлары: \(list)",
                ru: "--without \(odd.document): этот документ не требуется; есть: \(list)",
                en: "--without \(odd.document): it is not asked for; there are: \(list)")
        }
        let others = answer.lines.filter { $0.presented == nil }
        return others.map {
            PresentedDocument(id: $0.document, original: true, copy: $0.needsCopy)
        } + named
    }

    private static func document(_ text: String) throws -> PresentedDocument {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let names = parts[0].split(separator: ":", omittingEmptySubsequences: false).map(
            String.init)
        let expires = parts.count == 2 ? CivilDate(String(parts[1])) : nil
        let form = names.count > 1 ? names[1] : "both"
        guard !names[0].isEmpty, names.count <= 2, parts.count == 1 || expires != nil,
            ["both", "original", "copy"].contains(form)
        else {
            throw Wrong.say(
                kk:
                    "--document «\(text)»: АТЫ, АТЫ:original, АТЫ:copy немесе АТЫ@2027-01-31 күтілді.",
                ru:
                    "--document «\(text)»: ожидается ИМЯ, ИМЯ:original, ИМЯ:copy или ИМЯ@2027-01-31.",
                en:
                    "--document '\(text)': expected NAME, NAME:original, NAME:copy or NAME@2027-01-31"
            )
        }
        return PresentedDocument(
            id: names[0], original: form != "copy", copy: form != "original", expires: expires)
    }
}

/// A command of the command line with which papers are handed in.
protocol PaperSender: QueueSender {
    var office: OfficeArgument { get }
    var applicant: ApplicantOptions { get }
    var papers: PaperOptions { get }
    var terms: HandInOptions { get }
}

extension PaperSender {
    /// What is handed in, and by whom.
    func handIn(_ desk: QueueDesk) async throws -> HandIn {
        let standard = try await desk.ask(.office(office.office)).standard
        return HandIn(
            office: office.office, channel: terms.channel, applicant: try applicant.applicant(),
            profile: papers.profile,
            documents: try await papers.presented(standard) {
                try await desk.ask(.intakeCheck($0))
            },
            consent: terms.answer, at: terms.at, ticket: terms.ticket)
    }
}

/// How and when papers are handed in, and with whose consent.
struct HandInOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The way to apply; 'kezek standards show' lists them.", valueName: "name"))
    var channel: String

    @Flag(help: "The applicant consents to the use of information (R8.14).")
    var consent = false

    @Flag(help: "The law needs no consent.")
    var noConsentNeeded = false

    @Option(
        help: ArgumentHelp("When it was handed in, today; by default now.", valueName: "date-time"))
    var at: CivilDateTime?

    @Option(help: ArgumentHelp("The queue ticket of the applicant.", valueName: "A-017"))
    var ticket = ""

    func validate() throws {
        guard !(consent && noConsentNeeded) else {
            throw Wrong.oneOf("--consent", "--no-consent-needed")
        }
        try Wrong.unless(ticket, within: 8, "--ticket")
    }

    /// What the applicant says of the use of information; nil for nothing.
    var answer: Consent? { consent ? .given : noConsentNeeded ? .notRequired : nil }
}
