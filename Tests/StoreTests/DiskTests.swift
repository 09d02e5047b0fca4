// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import KezekDisk
import TestKit
import Testing
import Texts

@testable import KezekSQLite

/// What the system tells of files, folders and disks, on both sides of where it matters.
@Suite struct DiskTests {
    private let folder = TemporaryFolder()

    @Test func aFilesFolderIsFoundByItsName() {
        let folders = [
            ("a", "."), ("/a", "/"), ("x/a", "x"), ("./a", "."), ("../a", ".."), ("", "."),
            ("/srv/kezek/kezek.sqlite", "/srv/kezek"), ("/srv/a b/ё", "/srv/a b"),
        ]
        for (file, path) in folders { #expect(FileFolder(of: file).path == path, "\(file)") }
    }

    @Test func aFoldersNamesAreSyncedOrItIsSaidWhyNot() throws {
        let file = folder.path + "/file"
        try Data().write(to: URL(fileURLWithPath: file))
        #expect(FileFolder(of: file).sync() == nil)
        #expect(FileFolder(of: folder.path + "/nowhere/file").sync() == ENOENT)
        #expect(FileFolder(of: file + "/below").sync() == ENOTDIR)
        #expect(FileFolder(of: file).isWritable)
        #expect(!FileFolder(of: folder.path + "/nowhere/file").isWritable)
    }

    @Test func factsTellFilesFoldersAndLinksApart() throws {
        let (file, pointer, stray) = (
            folder.path + "/file", folder.path + "/pointer", folder.path + "/stray"
        )
        try Data("four".utf8).write(to: URL(fileURLWithPath: file))
        try #require(chmod(file, 0o640) == 0 && symlink(file, pointer) == 0)
        try #require(symlink(folder.path + "/nowhere", stray) == 0)
        let facts = try #require(FileFacts(file))
        #expect(facts.isRegular && !facts.isFolder && facts.size == 4 && facts.names == 1)
        #expect(facts.permissions == 0o640 && facts.owner == geteuid())
        #expect(FileFacts(pointer) == facts && FileFacts(ofLink: pointer)?.isRegular == false)
        #expect(FileFacts(stray) == nil && FileFacts(ofLink: stray) != nil)
        #expect(FileFacts(folder.path)?.isFolder == true)
        #expect(FileFacts(folder.path)?.isRegular == false)
        #expect(FileFacts(-1) == nil && FileFacts(file + "x") == nil)
        // Whatever is done with it, it is told.
        try #require(link(file, file + "2") == 0)
        let linked = try #require(FileFacts(file))
        #expect(linked.names == 2 && linked != facts && linked.identity == facts.identity)
        #expect(FileFacts.bytesOnDisk(file + "x") == 0)
    }

    @Test func aDisksRoomIsTold() throws {
        let room = try #require(DiskRoom(of: folder.path))
        #expect(room.bytes <= room.size && room.size > 0 && room.hasFiles)
        #expect(DiskRoom(of: folder.path + "/nowhere") == nil)
    }

    /// Each edge of what is a full disk: bytes, and files that can be made.
    @Test func aDiskIsFullBelowItsLimitAlone() {
        for (bytes, hasFiles, isFull) in [
            (Limits.bytesOfFullDisk - 1, true, true), (Limits.bytesOfFullDisk, true, false),
            (Limits.bytesOfFullDisk, false, true), (0, true, true),
        ] {
            for code in [ResultCode.SQLITE_IOERR, .SQLITE_CANTOPEN] {
                let told = sentence(
                    DatabaseError(resultCode: code), path: "/k.sqlite",
                    room: DiskRoom(bytes: bytes, size: 1 << 30, hasFiles: hasFiles))
                #expect(told.description.contains("is full") == isFull, "\(bytes) \(hasFiles)")
            }
        }
    }

    /// A head file is in its place with its own length alone; what lies behind a record is cut off.
    @Test func aHeadFileHasItsLengthAndNoMore() throws {
        let path = folder.journal + "-head"
        let record = HeadFile.Record(position: 7, hash: Array(repeating: 5, count: 32))
        let length = HeadFile.encode(record).count
        let head = try #require(HeadFile(beside: folder.journal))
        #expect(!head.isInPlace)
        head.write(record)
        #expect(head.isInPlace)
        for more in [-1, 1] {
            try #require(truncate(path, length + more) == 0)
            #expect(!head.isInPlace, "\(more)")
            let opened = try #require(HeadFile(beside: folder.journal))
            #expect(FileFacts(path)?.size == Int64(min(length, length + more)))
            opened.write(record)
            #expect(opened.isInPlace && HeadFile.read(beside: folder.journal) == .record(record))
        }
        try FileManager.default.moveItem(atPath: path, toPath: path + "2")
        #expect(!head.isInPlace)
        try FileManager.default.copyItem(atPath: path + "2", toPath: path)
        #expect(!head.isInPlace)
    }

    /// What an ended first start leaves was never written; anything else is somebody's.
    @Test func whatWasNeverWrittenIsTold() async throws {
        let path = folder.journal
        func write(_ bytes: [UInt8], _ end: String) throws {
            try Data(bytes).write(to: URL(fileURLWithPath: path + end))
        }
        func clear() throws {
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
                try FileManager.default.removeItem(atPath: folder.path + "/" + name)
            }
        }
        #expect(try Untouched.isUntouched(path))
        try write([], "")
        try write([], "-wal")
        #expect(try Untouched.isUntouched(path))
        try write([0], "-wal")
        #expect(try !Untouched.isUntouched(path))
        try clear()
        for position in [0, 1] as [UInt64] {
            let record = HeadFile.Record(
                position: position, hash: Array(repeating: 0, count: 32))
            try write(HeadFile.encode(record), "-head")
            #expect(try Untouched.isUntouched(path) == (position == 0))
        }
        try clear()
        let store = try SQLiteStore(path: path)
        store.close()
        #expect(try Untouched.isUntouched(path))
        let other = try DatabaseQueue(path: path + "2")
        try await other.write { db in try db.execute(sql: "CREATE TABLE other (id INTEGER)") }
        try other.close()
        #expect(try !Untouched.isUntouched(path + "2"))
        // An entry is enough, whatever became of the head file.
        let again = try SQLiteStore(path: path)
        #expect(await again.append(entry(day(1), 1)).failure == nil)
        again.close()
        try FileManager.default.removeItem(atPath: path + "-head")
        #expect(try !Untouched.isUntouched(path))
    }
}
