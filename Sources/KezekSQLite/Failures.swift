// SPDX-License-Identifier: Apache-2.0

import GRDB
import Journal
import KezekDisk
import Texts

/// What is wrong with the file, and what to do about it, as one sentence.
///
/// `room` is what the disk has that holds the file.
func sentence(
    _ error: any Error, path: String,
    room: @autoclosure () -> DiskRoom? = nil
) -> Phrase {
    if let failure = error as? StoreFailure { return "\(path): \(failure.words)" }
    if let error = error as? LogIndex.NoRoom {
        switch error.purpose {
        case .writing: return full(path)
        case .reading:
            return
                "the disk that holds \(path) is full, and who reads it needs room for the index of its "
                + "log: make \(LogIndex.room >> 10) KiB free, or copy \(path) (and \(path)-wal, if it "
                + "is there) to another disk and read it there"
        }
    }
    guard let error = error as? DatabaseError else {
        return "\(path): \(String(describing: error))"
    }
    let detail: Phrase =
        "\(error.message ?? "no details"), SQLite code \(error.extendedResultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_FULL:
        return full(path)
    case let code
    where [.SQLITE_IOERR, .SQLITE_CANTOPEN].contains(code)
        && isFull(room() ?? DiskRoom(of: FileFolder(of: path).path)):
        return full(path)
    case .SQLITE_READONLY:
        return "\(path) is read-only: let this process write it"
    case .SQLITE_IOERR:
        return "the device that holds \(path) reports an error (\(detail)): check the disk"
    case .SQLITE_BUSY, .SQLITE_LOCKED:
        return "another program holds \(path) locked: close it"
    case .SQLITE_NOTADB:
        return "\(path) is not a journal: name another file"
    case .SQLITE_CORRUPT:
        return "\(path) is damaged (\(detail)): restore it from a copy"
    case .SQLITE_CANTOPEN:
        return "\(path) cannot be opened: check that it exists and that its folder may be written, "
            + "which reading needs too"
    case .SQLITE_MISUSE:
        return "\(path) is closed"
    default:
        return "\(path): \(detail)"
    }
}

private func full(_ path: String) -> Phrase {
    "the disk that holds \(path) is full: make room on it"
}

/// Whether a disk is full, which SQLite tells as an error of the device where it syncs, makes a file or extends the
/// log's index.
private func isFull(_ room: DiskRoom?) -> Bool {
    guard let room else { return false }
    return !room.hasFiles || room.bytes < Limits.bytesOfFullDisk
}
