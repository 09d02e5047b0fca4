// SPDX-License-Identifier: Apache-2.0

import CivilTime
public import Enquiries
import Texts
import WorkingDays

/// A calendar file's text that a decree put in force.
public struct AdoptedCalendar: Hashable, Sendable {
    public let calendar: String
    public let text: String
    /// The digests of the text, and of the one that it took the place of.
    public let digest: String
    public let earlierDigest: String

    public init(calendar: String, text: String, digest: String, earlierDigest: String) {
        self.calendar = calendar
        self.text = text
        self.digest = digest
        self.earlierDigest = earlierDigest
    }
}

extension DataFolder {
    /// Every calendar and standard, with the calendars that decrees have put in force.
    ///
    /// A file that a decree has superseded gives way to the decree's text. A file that is none of
    /// those that decrees know was changed by hand since, and counts itself.
    ///
    /// `decrees` are in the order in which they were adopted; `notice` is told of each file that was
    /// changed by hand.
    ///
    /// - Throws: every fault of every file, and of a decree's text.
    public func library(
        adopting decrees: [AdoptedCalendar], notice: (String) -> Void
    ) throws(FileFaults) -> Library {
        var library = try library()
        for id in Set(decrees.map(\.calendar)).sorted() {
            let history = decrees.filter { $0.calendar == id }
            guard let last = history.last else { continue }
            let found = library.calendars[id]?.source ?? ""
            if found == last.digest { continue }
            let superseded = history.flatMap { [$0.earlierDigest, $0.digest] }
            if superseded.contains(found) {
                library = try library.replacing(calendar: last.text).library
            } else {
                notice(
                    "the file of the calendar '\(id)' was changed since the last decree and counts; "
                        + "'kezek decree check' lists the clocks that it moves")
            }
        }
        return library
    }
}

extension Library {
    /// This library with the calendar of a file's text in the place of the one of its name.
    ///
    /// - Throws: every fault of the text.
    public func replacing(
        calendar text: String
    ) throws(FileFaults) -> (calendar: String, library: Library) {
        let name = "calendar"
        let root: Field
        do throws(FileFault) {
            root = try YAMLFile.root(ofText: text, named: name, isForeign: true)
        } catch {
            throw FileFaults(list: [error])
        }
        let book =
            ExtensionFile.base(root) == nil
            ? try CalendarFile.book(root)
            : try ExtensionFile.book(
                root, among: calendars.values.map(\.book).filter { $0.local == nil })
        guard let zone = zone(book.zone) else {
            throw FileFaults(list: [
                root.member("zone").fault(
                    "expected one of \(zones.map(\.name).joined(separator: ", "))")
            ])
        }
        let views = CalendarViews(
            book: book, zone: zone, source: DataFolder.digest(text), digest: DataFolder.digest)
        // What extends it adds to what it is now.
        let others = calendars.values.filter { $0.book.id != book.id }.map { other in
            guard let local = other.book.local, local.extends == book.id else { return other }
            return CalendarViews(
                book: book.extended(by: local), zone: zone, source: other.source,
                digest: DataFolder.digest)
        }
        do throws(DanglingReference) {
            return (
                book.id,
                try Library(
                    calendars: others + [views], standards: Array(standards.values), zones: zones)
            )
        } catch {
            throw FileFaults(list: [
                FileFault(
                    file: name, line: nil, field: "",
                    problem:
                        "the standard \(error.standard) needs at \(error.field) \(error.expected)")
            ])
        }
    }
}
