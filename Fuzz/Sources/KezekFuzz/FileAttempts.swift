// SPDX-License-Identifier: Apache-2.0

import Access
import Enquiries
import Foundation
import ServiceStandards
import WorkingDays

@testable import KezekFiles

/// Files that an operator writes, and the text of a decree.
enum FileAttempts {
    /// A small library into which calendars and standards are put: the repository's calendars.
    private static let library: Library = {
        do {
            return try DataFolder(root: URL(fileURLWithPath: #filePath).ancestor(4)).library()
        } catch { fail("the repository's data cannot be read: \(error)") }
    }()

    private static func text(_ bytes: UnsafeRawBufferPointer) -> String? {
        String(validating: bytes, as: UTF8.self)
    }

    private static func root(_ bytes: UnsafeRawBufferPointer) -> Field? {
        guard let text = text(bytes) else { return nil }
        return try? YAMLFile.root(ofText: text, named: "fuzz")
    }

    static func calendar(_ bytes: UnsafeRawBufferPointer) {
        guard let text = text(bytes), let root = root(bytes),
            let book = try? CalendarFile.book(root), let zone = library.zone(book.zone)
        else { return }
        let views = CalendarViews(
            book: book, zone: zone, source: DataFolder.digest(text), digest: DataFolder.digest)
        expect(views.book.id == book.id, "a calendar has another name")
    }

    static func decree(_ bytes: UnsafeRawBufferPointer) {
        guard let text = text(bytes), let adopted = try? library.replacing(calendar: text) else {
            return
        }
        expect(adopted.library.calendars[adopted.calendar] != nil, "a decree is not in its library")
    }

    static func zones(_ bytes: UnsafeRawBufferPointer) {
        guard let root = root(bytes) else { return }
        _ = try? ZonesFile.zones(root)
    }

    static func standard(_ bytes: UnsafeRawBufferPointer) {
        guard let root = root(bytes), let standard = try? StandardFile.standard(root) else {
            return
        }
        _ = try? Library(
            calendars: Array(library.calendars.values), standards: [standard],
            zones: library.zones)
    }

    static func office(_ bytes: UnsafeRawBufferPointer) {
        guard let text = text(bytes), let office = try? OfficeFile.read(text: text, named: "fuzz")
        else { return }
        let written = OfficeFile.write(office)
        do {
            expect(
                try OfficeFile.read(text: written, named: "written") == office,
                "an office changes as it is written and read")
        } catch { fail("a written office is refused: \(error)") }
    }

    static func area(_ bytes: UnsafeRawBufferPointer) {
        guard let text = text(bytes), let area = try? AreaFile.read(text: text, named: "fuzz")
        else { return }
        let written = AreaFile.write(area)
        do {
            expect(
                try AreaFile.read(text: written, named: "written") == area,
                "an area changes as it is written and read")
        } catch { fail("a written area is refused: \(error)") }
    }

    static func ways(_ bytes: UnsafeRawBufferPointer) {
        let folder = URL(fileURLWithPath: "/fuzz")
        guard let text = text(bytes),
            let file = try? WaysFile.read(
                text: text, named: "fuzz", beside: folder, isAddress: { !$0.isEmpty })
        else { return }
        for section in file.sections {
            expect((1...200).contains(section.speedKmh), "a speed is out of its range")
        }
    }

    static func access(_ bytes: UnsafeRawBufferPointer) {
        guard let list = try? AccessFile.list(in: Data(bytes), named: "fuzz") else { return }
        do {
            let again = try AccessFile.list(in: AccessFile.data(of: list), named: "written")
            expect(again == list, "a list changes as it is written and read")
        } catch { fail("a written list is refused: \(error)") }
    }
}

extension URL {
    fileprivate func ancestor(_ levels: Int) -> URL {
        (0..<levels).reduce(self) { url, _ in url.deletingLastPathComponent() }
    }
}
