// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekFiles
import TestKit
import Testing

/// A file that is written anew is whose it was, and read by whom it was.
@Suite struct ReplacedFileTests {
    private func facts(_ path: String) throws -> (mode: mode_t, user: uid_t, group: gid_t) {
        var found = stat()
        try #require(stat(path, &found) == 0)
        return (found.st_mode & 0o7777, found.st_uid, found.st_gid)
    }

    @Test(arguments: [mode_t(0o600), 0o640, 0o400, 0o660])
    func itKeepsItsModeAndOwner(mode: mode_t) throws {
        let folder = try TemporaryDirectory()
        let path = folder.url.appendingPathComponent("list").path
        try ReplacedFile.write("one".utf8, to: path)
        #expect(try facts(path).mode == 0o600)
        // Root can give it to somebody else, whom a server may run as; others to themselves alone.
        let (user, group): (uid_t, gid_t) =
            geteuid() == 0 ? (65_534, 65_533) : (geteuid(), getegid())
        try #require(chown(path, user, group) == 0 && chmod(path, mode) == 0)
        try ReplacedFile.write("two".utf8, to: path)
        let new = try facts(path)
        #expect(new.mode == mode && new.user == user && new.group == group)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "two")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["list"])
    }

    @Test func aNewFileIsLikeTheOneBesideIt() throws {
        let folder = try TemporaryDirectory()
        let journal = folder.url.appendingPathComponent("journal").path
        let mark = folder.url.appendingPathComponent("mark").path
        try Data().write(to: URL(fileURLWithPath: journal))
        try #require(chmod(journal, 0o640) == 0)
        try ReplacedFile.write("now".utf8, to: mark, like: journal)
        #expect(try facts(mark).mode == 0o640)
    }

    @Test func aLinkGoesOnLeadingWhereItLed() throws {
        let folder = try TemporaryDirectory()
        let real = folder.url.appendingPathComponent("real").path
        let link = folder.url.appendingPathComponent("link").path
        try ReplacedFile.write("one".utf8, to: real)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: real)
        try ReplacedFile.write("two".utf8, to: link)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == real)
        #expect(try String(contentsOfFile: real, encoding: .utf8) == "two")
    }

    @Test func whatCannotBeWrittenLeavesTheOldFile() throws {
        let folder = try TemporaryDirectory()
        let path = folder.url.appendingPathComponent("list").path
        try ReplacedFile.write("one".utf8, to: path)
        // Something of the new file's name is in the way.
        try FileManager.default.createDirectory(
            atPath: path + ".new", withIntermediateDirectories: false)
        #expect(throws: ReplacedFile.Failure.system(EEXIST)) {
            try ReplacedFile.write("two".utf8, to: path)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "one")
        #expect(throws: ReplacedFile.Failure.system(ENOENT)) {
            try ReplacedFile.write("two".utf8, to: folder.url.path + "/nowhere/list")
        }
    }
}
