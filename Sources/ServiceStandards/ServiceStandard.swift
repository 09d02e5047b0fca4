// SPDX-License-Identifier: Apache-2.0

public import Texts
public import WorkingDays

/// The standard of a state service: everything that a regulation fixes about it, as data.
///
/// Nothing in the code says 3, 7 or 20; a service with other figures is another value of this type,
/// loaded from another file. Rule ids such as `R3.4` name the clause that each part implements.
public struct ServiceStandard: Hashable, Sendable {
    /// The short name, such as `std-7`.
    public let id: String
    public let title: LocalizedText
    /// The acts that its rules stand in: first its own, then the others; never empty.
    public let sources: [RuleSource]
    /// The calendar book that its days are counted on, such as `kz`.
    public let calendar: String
    /// The IANA zone of its wall clocks.
    public let zone: String
    /// Who renders the service.
    public let provider: LocalizedText
    public let policies: [Policy]
    public let offices: [Office]
    /// The ways to apply, each with its term.
    public let channels: [Channel]
    /// Clocks that start from another event than an acceptance, such as storage (R5.3).
    public let eventTerms: [Channel]
    /// How results are kept, by kind of office.
    public let keeping: [Keeping]
    public let provisions: [Provision]
    public let groups: [ApplicantGroup]
    public let documents: [Document]
    public let refusals: [RefusalGround]
    public let homeVisit: HomeVisit?

    /// - Precondition: there is a source, and every rule has one at most.
    public init(
        id: String, title: LocalizedText, sources: [RuleSource], calendar: String, zone: String,
        provider: LocalizedText, policies: [Policy], offices: [Office], channels: [Channel],
        eventTerms: [Channel], keeping: [Keeping], provisions: [Provision],
        groups: [ApplicantGroup],
        documents: [Document], refusals: [RefusalGround], homeVisit: HomeVisit?
    ) {
        precondition(!sources.isEmpty, "a standard stands in an act")
        self.id = id
        self.title = title
        self.sources = sources
        self.calendar = calendar
        self.zone = zone
        self.provider = provider
        self.policies = policies
        self.offices = offices
        self.channels = channels
        self.eventTerms = eventTerms
        self.keeping = keeping
        self.provisions = provisions
        self.groups = groups
        self.documents = documents
        self.refusals = refusals
        self.homeVisit = homeVisit
    }

    /// The act that the standard belongs to, with the annex.
    public var act: Act { sources[0].act }

    /// The document of a name, or one that had it formerly; nil if there is none.
    public func document(_ name: String) -> Document? {
        documents.first { $0.id == name } ?? documents.first { $0.formerly.contains(name) }
    }

    /// The ground on which papers are not accepted (R9.3); nil if there is none.
    public var groundOfDeclining: RefusalGround? { refusals.first { $0.at == .acceptance } }

    /// The rule of what is told under a topic, such as `consent`; nil if the standard tells nothing.
    public func rule(told topic: String) -> RuleID? {
        provisions.first { $0.topic == topic }?.rule
    }
}

/// An answer to a question that the clause of a term leaves open, chosen in the standard's file and told
/// with every due date that depends on it.
public struct Policy: Hashable, Sendable {
    public let name: String
    public let value: String
    /// The values it may have.
    public let options: [String]
    /// What the chosen value means, in a sentence.
    public let text: LocalizedText
    /// The rule that the choice follows; nil where no rule settles it.
    public let rule: RuleID?

    public init(
        name: String, value: String, options: [String], text: LocalizedText, rule: RuleID? = nil
    ) {
        self.name = name
        self.value = value
        self.options = options
        self.text = text
        self.rule = rule
    }
}

/// A rule that is told to people rather than computed with.
public struct Provision: Hashable, Sendable {
    public let topic: String
    public let rule: RuleID
    public let text: LocalizedText

    public init(topic: String, rule: RuleID, text: LocalizedText) {
        self.topic = topic
        self.rule = rule
        self.text = text
    }
}

/// A ground on which acceptance or the service is refused (R9).
public struct RefusalGround: Hashable, Sendable {
    /// When the ground is found.
    public enum Stage: String, CaseIterable, Hashable, Sendable {
        case acceptance, decision
    }

    public let id: String
    public let rule: RuleID
    public let at: Stage
    public let text: LocalizedText

    public init(id: String, rule: RuleID, at: Stage, text: LocalizedText) {
        self.id = id
        self.rule = rule
        self.at = at
        self.text = text
    }
}

/// How an applicant who cannot come is visited at home (R10.1).
public struct HomeVisit: Hashable, Sendable {
    public let rule: RuleID
    /// The telephone numbers on which a visit is asked for.
    public let phones: [String]
    public let text: LocalizedText

    public init(rule: RuleID, phones: [String], text: LocalizedText) {
        self.rule = rule
        self.phones = phones
        self.text = text
    }
}
