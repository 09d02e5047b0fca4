// SPDX-License-Identifier: Apache-2.0

import CivilTime
public import Foundation
import Parties
public import Queue
import Texts
import WorkingDays
import Yams

/// Reads and writes the file of one office.
///
/// `Examples/offices/README.md` explains the schema to a person. Whether there is such a standard,
/// kind of office and zone is for the server to say, which has them.
public enum OfficeFile {
    /// The office that a file describes.
    ///
    /// - Throws: every fault of the file, by line and field.
    public static func read(_ url: URL) throws(FileFaults) -> QueueOffice {
        let document = try YAMLFile.document(of: url, named: url.relativePath)
        return try read(document.root)
    }

    /// The office that a text describes; faults name the file so.
    static func read(text: String, named name: String) throws(FileFaults) -> QueueOffice {
        let root: Field
        do throws(FileFault) {
            root = try YAMLFile.root(ofText: text, named: name)
        } catch { throw FileFaults(list: [error]) }
        return try read(root)
    }

    private static func read(_ root: Field) throws(FileFaults) -> QueueOffice {
        let collector = FaultCollector()
        let office = collector.attempt { () throws(FileFault) in try read(root, collector) }
        try collector.finish()
        // Without a fault there is an office.
        return office!
    }

    private static func read(
        _ root: Field, _ collector: FaultCollector
    ) throws(FileFault) -> QueueOffice {
        var fields = try root.fields()
        let id: OfficeID = try fields.required("office").value(
            "a name of 1 to 32 lower-case letters, digits and hyphens")
        let title = try fields.required("title").officeText()
        let address = try fields.optional("address").map {
            (field) throws(FileFault) in try field.officeText(isRequired: false)
        }
        let standard = try fields.required("standard").name()
        let kind = try fields.required("kind").name()
        let zone = try fields.optional("zone").map { (field) throws(FileFault) in try field.zone() }
        let calendar = try fields.optional("calendar").map {
            (field) throws(FileFault) in try field.name()
        }
        let servicesField = try fields.required("services")
        let serviceEntries = try servicesField.entries()
        let services = collector.each(serviceEntries) { (entry) throws(FileFault) in
            try service(entry.key, entry.value)
        }
        try servicesField.require(
            serviceEntries.count, in: 1...QueueOffice.serviceLimit, "services")
        let windowsField = try fields.required("windows")
        let windowEntries = try windowsField.entries()
        let section = OfficeWindowSection(
            services: serviceEntries.map(\.key), windows: windowEntries.map(\.key))
        let windows = collector.each(windowEntries) { (entry) throws(FileFault) in
            try section.window(entry.key, entry.value)
        }
        try windowsField.require(windowEntries.count, in: 0...QueueOffice.windowLimit, "windows")
        var seen: [RosterException] = []
        let exceptions = try dated(
            fields.optional("exceptions"), OfficeLimits.exceptions, collector
        ) { (field) throws(FileFault) in
            let exception = try section.exception(field)
            guard
                !seen.contains(where: {
                    $0.date == exception.date && $0.window == exception.window
                })
            else { throw field.fault("expected one exception for a window on a date") }
            seen.append(exception)
            return exception
        }
        let closures = try dated(
            fields.optional("closures"), OfficeLimits.closures, collector, section.closure)
        let hours = try fields.optional("hours").map {
            (field) throws(FileFault) in try HoursSection.book(field)
        }
        let rules = try fields.optional("queue").map {
            (field) throws(FileFault) in try OfficeRulesSection.rules(field, collector)
        }
        let reception = try fields.optional("reception").map {
            (field) throws(FileFault) in try ReceptionSection.reception(field, collector)
        }
        try fields.finish()
        return QueueOffice(
            id: id, title: title, address: address ?? .empty, standard: standard, kind: kind,
            zone: zone ?? "", services: services, windows: windows, exceptions: exceptions,
            closures: closures, rules: rules ?? QueueRules(), hours: hours, reception: reception,
            calendar: calendar ?? "")
    }

    private static func service(_ key: String, _ field: Field) throws(FileFault) -> QueueService {
        guard let id = ServiceID(key) else {
            throw field.fault(
                "expected a service's name of 1 to 32 lower-case letters, digits and hyphens, "
                    + "found '\(key.prefix(60))'")
        }
        var fields = try field.fields()
        let letterField = try fields.required("letter")
        let letter = Array(try letterField.text("a letter from A to Z").utf8)
        guard letter.count == 1, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter[0]) else {
            throw letterField.fault("expected a letter from A to Z")
        }
        let title = try fields.required("title").officeText()
        let minutes = try fields.optional("minutes").map {
            (field) throws(FileFault) in try field.number(OfficeLimits.serviceMinutes)
        }
        try fields.finish()
        return QueueService(id: id, letter: letter[0], title: title, minutes: minutes)
    }

    private static func dated<T>(
        _ field: Field?, _ limit: Int, _ collector: FaultCollector,
        _ read: (Field) throws(FileFault) -> T
    ) throws(FileFault) -> [T] {
        guard let field else { return [] }
        let items = try field.items()
        try field.require(items.count, in: 0...limit, "entries")
        return collector.each(items, read)
    }
}

extension Field {
    /// - Throws: unless a list or map has as many parts as it may have.
    func require(
        _ count: Int, in range: ClosedRange<Int>, _ what: Phrase
    ) throws(FileFault) {
        guard range.contains(count) else {
            throw fault(
                "expected \(range.lowerBound) to \(range.upperBound) \(what), found \(count)")
        }
    }

    /// A text in all three languages, within the limit; one that is not required may be empty, and a remark
    /// has nobody's IIN in it.
    func officeText(isRequired: Bool = true, isRemark: Bool = false) throws(FileFault)
        -> LocalizedText
    {
        var fields = try fields()
        func text(_ language: String) throws(FileFault) -> String {
            let field = try fields.required(language)
            if !isRequired, case .scalar(let scalar) = field.node, scalar.string.isEmpty {
                return ""
            }
            let text = try field.text()
            guard text.utf8.count <= OfficeLimits.text else {
                throw field.fault("expected a text of up to \(OfficeLimits.text) bytes")
            }
            // A server refuses the same, but knows no file and no line.
            guard text.isPlainLine else {
                throw field.fault(
                    "a character that nobody sees or that turns the order of others is in it; type it anew"
                )
            }
            guard !text.isBlank else {
                throw field.fault(
                    isRequired
                        ? "there is nothing but blanks; write words"
                        : "there is nothing but blanks; write words, or leave it out")
            }
            guard !(isRemark && IIN.isWithin(text)) else {
                throw field.fault("an IIN is in it, which must not be written here")
            }
            return text
        }
        let text = LocalizedText(kk: try text("kk"), ru: try text("ru"), en: try text("en"))
        try fields.finish()
        return text
    }

    /// The IANA name of a time zone.
    func zone() throws(FileFault) -> String {
        let what: Phrase = "the name of a time zone as Asia/Almaty"
        let text = try text(what)
        guard text.utf8.count <= OfficeLimits.name,
            text.utf8.allSatisfy({
                (65...90).contains($0) || (97...122).contains($0) || (45...57).contains($0)
                    || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "+")
            })
        else { throw fault("expected \(what), found '\(text.prefix(60))'") }
        return text
    }
}

extension LocalizedText {
    /// No text in any language.
    static let empty = LocalizedText(kk: "", ru: "", en: "")
}
