// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import Foundation
import KezekFiles
import Parties
import ServiceStandards
import TestKit
import Texts
import WorkingDays

/// A register of one office as a clerk uses it: each step is decided and recorded, and proved by the
/// checker.
struct Clerk {
    var library: Library
    let kind: String
    let office: OfficeID
    let date: CivilDate
    var standard = "std-7"
    private(set) var register: ApplicationRegister
    private(set) var checker = RegisterChecker()
    private(set) var events: [ApplicationEvent] = []

    static let applicant = Applicant(high: 1, low: 2)

    init(
        _ kind: String = "corporation", on day: String = "2026-03-18", standard: String = "std-7",
        library: Library? = nil
    ) throws {
        self.library = try library ?? Repository.library()
        self.kind = kind
        self.standard = standard
        office = OfficeID("astana-1")!
        date = TestKit.date(day)
        register = ApplicationRegister(
            terms: RegisterTerms(self.library.standards[standard]!, kind: kind)!)
    }

    func id(_ number: UInt32 = 1) -> ApplicationID {
        ApplicationID(office: office, date: date, number: number)
    }

    /// The clocks as known at a moment on the office's wall clock.
    func clocks(_ now: CivilDateTime, _ language: Language = .en) -> ServiceClocks {
        ServiceClocks(
            library, standard: standard, kind: kind,
            now: library.zone("Asia/Almaty")!.timestamp(of: now), language: language)!
    }

    func handIn(
        _ channel: String? = nil, group: String = "preschool-teacher",
        documents: [PresentedDocument]? = nil, consent: Consent? = .given, at: String? = nil
    ) throws -> HandIn {
        let profile = ApplicantProfile(group: group)
        return HandIn(
            office: office, channel: channel ?? (kind == "provider" ? "provider" : "corporation"),
            applicant: .reference("case-1"), profile: profile,
            documents: try documents ?? Self.complete(profile, library.standards[standard]!),
            consent: consent, at: at.map { moment($0) })
    }

    /// Everything that is asked of an applicant, original and copy.
    static func complete(
        _ profile: ApplicantProfile, _ standard: ServiceStandard
    ) throws -> [PresentedDocument] {
        try standard.check([], of: profile, on: .latest).lines.map {
            PresentedDocument(id: $0.document.id, original: true, copy: true)
        }
    }

    mutating func accept(_ now: String, _ handIn: HandIn? = nil) throws {
        try record(
            try register.accept(
                try handIn ?? self.handIn(), of: Self.applicant, at: moment(now),
                clocks(moment(now))))
    }

    mutating func decline(_ now: String, _ handIn: HandIn) throws {
        try record(
            try register.decline(
                handIn, of: Self.applicant, at: moment(now), clocks(moment(now))))
    }

    mutating func act(_ action: ApplicationAction, _ now: String, _ number: UInt32 = 1) throws {
        try record(
            try register.decide(
                action, on: id(number), at: moment(now), clocks(moment(now))))
    }

    mutating func record(_ events: [ApplicationEvent]) throws {
        let all = register.revision == 0 ? [.opened(register.terms)] + events : events
        try checker.check(all)
        register.apply(all, revision: register.revision + 1)
        self.events += all
    }

    var application: Application { register.application(1)! }
    var view: ApplicationView { register.view(id())! }
}

/// The refusal that a step ends in; nil if it goes through.
func refusal(_ step: () throws -> Void) -> ApplicationRefusal? {
    do {
        try step()
        return nil
    } catch { return error as? ApplicationRefusal }
}

extension TimeZoneRules {
    /// The timestamp of a moment on this wall clock that is not within a change of the clocks.
    func timestamp(of moment: CivilDateTime) -> Timestamp {
        var guess = Timestamp(
            second: Int64(moment.date.dayNumber) * 86_400 + Int64(moment.time.second))!
        for _ in 0..<2 {
            let shown = civil(at: guess)
            let days = Int64(shown.date.days(until: moment.date))
            let seconds = Int64(moment.time.second - shown.time.second)
            guess = Timestamp(second: guess.second + days * 86_400 + seconds)!
        }
        return guess
    }
}
