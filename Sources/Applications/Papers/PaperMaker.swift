// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Enquiries
public import ServiceStandards
public import Texts
import WorkingDays

/// Makes the paper that goes with an application: a receipt of acceptance (R5.1), or of refusal to
/// accept (R9.3).
public struct PaperMaker {
    private let view: ApplicationView
    private let clocks: ServiceClocks
    /// Where it was handed in.
    private let office: LocalizedText
    private let address: LocalizedText
    /// The applicant's name to be printed; empty for a line to write it on.
    private let name: String

    public init(
        _ view: ApplicationView, _ clocks: ServiceClocks, office: LocalizedText,
        address: LocalizedText, name: String
    ) {
        self.view = view
        self.clocks = clocks
        self.office = office
        self.address = address
        self.name = name
    }

    private var language: Language { clocks.language }
    private var standard: ServiceStandard { clocks.standard }
    private var words: PaperWords { PaperWords(language: language) }

    /// The paper in one form.
    public func paper(_ form: PaperQuestion.Form) -> String {
        let paper = view.phase == .declined ? refusal : receipt
        return switch form {
        case .text: paper.text
        case .html: paper.html
        }
    }

    private var receipt: Paper {
        var pairs = head(words.accepted)
        let consent = standard.rule(told: "consent").map { " \(cited($0))" } ?? ""
        pairs.append(
            .init(
                words.consent,
                words.consent(view.consent) + (view.consent == nil ? "" : consent)))
        var blocks: [Paper.Block] = [.pairs(pairs), dueNotice]
        blocks += [.heading(words.documents), documentTable]
        blocks += proof
        // Of what was withdrawn there is no result to collect.
        if view.phase != .withdrawn {
            blocks.append(.heading(words.collection))
            // R5.2 to R5.5 speak of an office from which an uncollected result goes back.
            let travels = clocks.keeping?.redelivery != nil
            blocks += provisions(
                (travels ? ["handover", "storage", "return", "redelivery"] : ["result"]) + ["fee"])
        }
        if let phones = standard.homeVisit?.phones {
            blocks.append(.paragraph(words.status(phones.joined(separator: ", "))))
        }
        blocks.append(.signatures([words.employee, words.applicantSigns]))
        return Paper(
            language: language.rawValue, title: words.receipt, number: view.id.description,
            blocks: blocks)
    }

    private var refusal: Paper {
        var blocks: [Paper.Block] = [.pairs(head(words.looked))]
        let ground = standard.groundOfDeclining
        if let ground { blocks.append(.notice("\(ground.text[language]) \(cited(ground.rule))")) }
        blocks.append(.heading(words.why))
        blocks.append(
            .table(
                head: [words.document, words.rule, words.problem],
                rows: view.failing.map { failing in
                    let document = standard.document(failing.id)
                    return [
                        document?.title[language] ?? failing.id, place(of: document),
                        failing.problems.map(words.problem).joined(separator: "; "),
                    ]
                }))
        if !view.documents.isEmpty { blocks += [.heading(words.shown), documentTable] }
        blocks.append(.paragraph(words.again))
        blocks.append(.signatures([words.employee, words.applicantSigns]))
        return Paper(
            language: language.rawValue, title: words.refusal, number: view.id.description,
            blocks: blocks)
    }

    private func head(_ moment: String) -> [Paper.Pair] {
        let place = [office[language], address[language]].filter { !$0.isEmpty }
        let group = standard.groups.first { $0.id == view.profile.group }
        let channel = standard.channels.first { $0.id == view.channel }
        var pairs = [
            Paper.Pair(words.service, standard.title[language]),
            .init(words.act, standard.act.title[language]),
            .init(words.office, place.joined(separator: ", ")),
            .init(words.applicant, name),
            .init(words.group, group?.title[language] ?? view.profile.group),
            .init(words.channel, channel?.title[language] ?? view.channel),
            .init(moment, language.moment(view.handedInAt)),
        ]
        if !view.ticket.isEmpty { pairs.append(.init(words.ticket, view.ticket)) }
        return pairs
    }

    private var dueNotice: Paper.Block {
        if view.phase == .withdrawn {
            return .notice("\(words.withdrawn): \(language.moment(view.changedAt))")
        }
        guard let due = view.due else { return .notice(words.suspended) }
        let provisional = due.isProvisional ? " (\(words.provisional))" : ""
        return .notice("\(words.due): \(language.moment(due.at))\(provisional)")
    }

    private var documentTable: Paper.Block {
        let isDeclined = view.phase == .declined
        let report = try? standard.check(
            view.documents, of: view.profile, on: view.handedInAt.date)
        let rows = view.documents.map { shown -> [String] in
            let document = standard.document(shown.id)
            var form = [shown.original ? words.original : "", shown.copy ? words.copy : ""]
                .filter { !$0.isEmpty }.joined(separator: ", ")
            if let expires = shown.expires {
                form += " (\(words.valid(until: language.date(expires))))"
            }
            let line = report?.lines.first { $0.document == document }
            let isAskedFor = line?.isAskedFor ?? true
            let comesBack = isDeclined || !isAskedFor || document?.givenBack ?? true
            let fate = comesBack ? words.givenBack : words.kept
            return [
                document?.title[language] ?? shown.id, place(of: document), form,
                isAskedFor ? fate : "\(fate) (\(words.notAskedFor))",
            ]
        }
        return .table(
            head: [words.document, words.rule, words.form, words.back], rows: rows)
    }

    /// The proof of the due date, if the calendar still says what it said then.
    private var proof: [Paper.Block] {
        guard let due = view.due, view.phase != .withdrawn else { return [] }
        guard !due.isAwaitingYear else {
            return [.heading(words.proof), .paragraph(words.yearMissing)]
        }
        let suspensions = Suspensions(
            merging: view.suspended.compactMap { Suspension(from: $0.from, until: $0.until) })
        let answer = try? clocks.dueDate(
            view.channel, from: view.handedInAt, suspensions,
            clocks.asAccepted(view.channel),
            asKnownOn: due.asKnownOn, proof: true)
        let version = Paper.Block.pairs([
            .init(
                words.calendar,
                "\(due.calendarVersion), \(words.known(on: language.date(due.asKnownOn)))")
        ])
        guard let answer, let proof = answer.proof, answer.dueAt == due.at,
            answer.basis.version == due.calendarVersion
        else { return [.heading(words.proof), version, .paragraph(words.proofGone)] }
        var count = 0
        let rows = proof.lines.map { line -> [String] in
            let reason = proof.reason(line)
            if line.counted, line.part == nil { count += 1 }
            let mark = line.counted ? (line.part == nil ? "\(count)" : "+") : "–"
            let part = line.part.map { " \($0.start)–\($0.end)" } ?? ""
            let weekday = language.weekdayAbbreviation(line.date.weekday)
            // No act says why a term stands still.
            let act = line.counted || reason.act.isEmpty ? "" : " — \(reason.act)"
            return ["\(line.date) \(weekday)\(part)", mark, reason.text + act]
        }
        return [
            .heading(words.proof),
            .table(head: [words.day, words.counted, words.reason], rows: rows),
            .paragraph(proof.sentence), version,
        ]
    }

    private func provisions(_ topics: [String]) -> [Paper.Block] {
        topics.compactMap { topic in
            standard.provisions.first { $0.topic == topic }.map {
                .paragraph("\($0.text[language]) \(cited($0.rule))")
            }
        }
    }

    /// A rule behind what it is cited for; the head of the paper names the act.
    private func cited(_ rule: RuleID) -> String {
        standard.place(of: rule, in: language).inBrackets
    }

    private func place(of document: Document?) -> String {
        document.map { standard.place(of: $0.rule, in: language).description } ?? ""
    }
}

extension IntakeReport {
    /// The report in words.
    public func answer(in language: Language, _ standard: ServiceStandard) -> IntakeAnswer {
        let ground = standard.groundOfDeclining
        return IntakeAnswer(
            lines: lines.map { line in
                IntakeAnswer.Line(
                    document: line.document.id, rule: line.document.rule.description,
                    title: line.document.title[language], isAskedFor: line.isAskedFor,
                    needsCopy: line.document.form == .originalAndCopy,
                    isGivenBack: line.document.givenBack, presented: line.presented,
                    problems: line.problems)
            }, isComplete: isComplete,
            ground: isComplete
                ? ""
                : ground.map {
                    "\($0.text[language]) \(standard.citation($0.rule, in: language).inBrackets)"
                } ?? "")
    }
}
