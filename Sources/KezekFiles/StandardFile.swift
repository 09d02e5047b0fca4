// SPDX-License-Identifier: Apache-2.0

import ServiceStandards
import Texts

/// Reads a service standard from its file.
///
/// `Standards/README.md` explains the schema to a person.
enum StandardFile {
    static func standard(_ root: Field) throws(FileFaults) -> ServiceStandard {
        let collector = FaultCollector()
        let standard = collector.attempt { () throws(FileFault) in
            try read(root, collector)
        }
        try collector.finish()
        // Without a fault there is a standard.
        return standard!
    }

    private static func read(
        _ root: Field, _ collector: FaultCollector
    ) throws(FileFault) -> ServiceStandard {
        var fields = try root.fields()
        let id = try fields.required("standard").name()
        let title = try fields.required("title").localized()
        let acts = try ActSection(
            fields.required("act"), others: fields.optional("other-acts"))
        let calendar = try fields.required("calendar").name()
        let zone = try fields.required("zone").text()
        let provider = try fields.required("provider").localized()
        let policyEntries = try fields.optional("policies")?.entries() ?? []
        let policies = collector.each(policyEntries) {
            (entry) throws(FileFault) in try policy(entry.key, entry.value)
        }
        let officeEntries = try fields.required("offices").entries()
        let offices = collector.each(officeEntries) {
            (entry) throws(FileFault) in try OfficeSection.office(entry.key, entry.value)
        }
        let terms = TermSection(
            policies: policies, policyNames: policyEntries.map(\.key),
            offices: officeEntries.map(\.key))
        let channelEntries = try fields.required("channels").entries()
        let channels = collector.each(channelEntries) {
            (entry) throws(FileFault) in try terms.channel(entry.key, entry.value, hasEvent: false)
        }
        let termEntries = try fields.optional("terms")?.entries() ?? []
        let eventTerms = collector.each(termEntries) {
            (entry) throws(FileFault) in
            guard !channelEntries.contains(where: { $0.key == entry.key }) else {
                throw entry.value.fault("expected a name that no channel has")
            }
            return try terms.channel(entry.key, entry.value, hasEvent: true)
        }
        let keeping = collector.each(try fields.optional("keeping")?.entries() ?? []) {
            (entry) throws(FileFault) in
            try terms.keeping(entry.key, entry.value, terms: termEntries.map(\.key))
        }
        let provisions = collector.each(try fields.optional("provisions")?.items() ?? []) {
            (field) throws(FileFault) in try provision(field)
        }
        let groupItems = try fields.optional("groups")?.items() ?? []
        let groups = collector.each(groupItems) { (field) throws(FileFault) in try group(field) }
        let documents = try DocumentSection.documents(
            fields.optional("documents"),
            groups: groups.count == groupItems.count ? groups.map(\.id) : nil, collector)
        let refusals = collector.each(try fields.optional("refusals")?.items() ?? []) {
            (field) throws(FileFault) in try refusal(field)
        }
        let homeVisit = try fields.optional("home-visit").map {
            (field) throws(FileFault) in try self.homeVisit(field)
        }
        try fields.finish()
        // Told once all else is right: a rule that cannot be read would look as if nobody cited it.
        if collector.faults.isEmpty {
            for fault in acts.faults(citedIn: root) { collector.add(fault) }
        }
        return ServiceStandard(
            id: id, title: title, sources: acts.sources, calendar: calendar, zone: zone,
            provider: provider, policies: policies, offices: offices, channels: channels,
            eventTerms: eventTerms,
            keeping: keeping, provisions: provisions, groups: groups, documents: documents,
            refusals: refusals, homeVisit: homeVisit)
    }

    private static func policy(_ name: String, _ field: Field) throws(FileFault) -> Policy {
        var fields = try field.fields()
        let valueField = try fields.required("value")
        let value = try valueField.name()
        var options: [String] = []
        for item in try fields.required("options").items() { options.append(try item.name()) }
        guard options.contains(value) else {
            throw valueField.fault("expected one of \(options.joined(separator: ", "))")
        }
        let text = try fields.required("text").localized()
        let rule = try fields.optional("rule").map { (field) throws(FileFault) in
            try field.rule()
        }
        try fields.finish()
        return Policy(name: name, value: value, options: options, text: text, rule: rule)
    }

    private static func provision(_ field: Field) throws(FileFault) -> Provision {
        var fields = try field.fields()
        let provision = Provision(
            topic: try fields.required("topic").name(), rule: try fields.required("rule").rule(),
            text: try fields.required("text").localized())
        try fields.finish()
        return provision
    }

    private static func group(_ field: Field) throws(FileFault) -> ApplicantGroup {
        var fields = try field.fields()
        let group = ApplicantGroup(
            id: try fields.required("id").name(), title: try fields.required("title").localized())
        try fields.finish()
        return group
    }

    private static func refusal(_ field: Field) throws(FileFault) -> RefusalGround {
        var fields = try field.fields()
        let ground = RefusalGround(
            id: try fields.required("id").name(), rule: try fields.required("rule").rule(),
            at: try fields.required("at").word(RefusalGround.Stage.self),
            text: try fields.required("text").localized())
        try fields.finish()
        return ground
    }

    private static func homeVisit(_ field: Field) throws(FileFault) -> HomeVisit {
        var fields = try field.fields()
        let rule = try fields.required("rule").rule()
        var phones: [String] = []
        for item in try fields.required("phones").items() { phones.append(try item.text()) }
        let text = try fields.required("text").localized()
        try fields.finish()
        return HomeVisit(rule: rule, phones: phones, text: text)
    }
}
