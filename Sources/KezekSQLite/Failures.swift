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
    guard let error = error as? DatabaseError else {
        return "\(path): \(String(describing: error))"
    }
    let detail: Phrase =
        "\(error.message ?? "no details"), SQLite code \(error.extendedResultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_FULL:
        return "the disk that holds \(path) is full: make room on it"
    case let code
    where [.SQLITE_IOERR, .SQLITE_CANTOPEN].contains(code)
        && isFull(room() ?? DiskRoom(of: LogIndex.folder(of: path))):
        return "the disk that holds \(path) is full: make room on it"
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

/// Whether a disk is full, which SQLite tells as an error of the device where it syncs, makes a file or extends the
/// log's index.
private func isFull(_ room: DiskRoom?) -> Bool {
    guard let room else { return false }
    return !room.hasFiles || room.bytes < Limits.bytesOfFullDisk
}
