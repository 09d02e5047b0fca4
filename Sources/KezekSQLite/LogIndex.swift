// SPDX-License-Identifier: Apache-2.0

import Glibc
import KezekDisk
import Synchronization

/// The index of a journal's log (`-shm`), which SQLite maps into memory.
///
/// It makes the file with holes: on a disk with blocks smaller than a page it takes but one block of each.
/// Writing to a hole for which a full disk has no block ends the process (SIGBUS, mmap(2)), where each other write
/// returns an error. So there must be room before the index is made, and its blocks are taken right after. An index
/// in the heap would need none, but then nobody could read the journal beside the server, nor copy it.
enum LogIndex {
    /// Bytes of the index that are taken: of a log of 130 MB, which grows to 16 unless somebody reads for long.
    static let bytes: Int64 = 8 * 32_768
    /// Bytes that must be free before an index is made: its own, and some for the journal's log.
    static let room: UInt64 = 512 << 10

    /// Descriptors by which blocks were taken, of this process's journals.
    ///
    /// Closing one would take away the locks that SQLite has on the file, as POSIX has it; so each is kept until
    /// its file is gone.
    private static let kept = Mutex<[FileFacts.Identity: Int32]>([:])

    /// Why an index is wanted.
    enum Purpose {
        case writing, reading
    }

    /// The disk has no room for an index.
    struct NoRoom: Error {
        let purpose: Purpose
    }

    /// - Throws: if opening the journal makes an index, and the disk has no room for one. Nothing has been
    ///   written then.
    static func requireRoom(
        _ journal: String, for purpose: Purpose,
        _ room: (_ folder: String) -> UInt64? = { DiskRoom(of: $0)?.bytes }
    ) throws(NoRoom) {
        let folder = FileFolder(of: journal)
        guard FileFacts.bytesOnDisk(journal + "-shm") < bytes, let free = room(folder.path),
            free < Self.room
        else { return }
        // Where no file can be made none is, and SQLite says so.
        guard folder.isWritable, FileLock.isHeld(journal) || hasLog(journal) else { return }
        throw NoRoom(purpose: purpose)
    }

    /// Whether a journal's own file says that a log goes with it (byte 18 of SQLite's header), as that of no copy
    /// does; so does one that is still to be made.
    ///
    /// Nobody in this process may have the journal open: closing the file takes away the locks of all.
    private static func hasLog(_ journal: String) -> Bool {
        let descriptor = open(journal, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        var version: UInt8 = 0
        return pread(descriptor, &version, 1, 18) != 1 || version == 2
    }

    /// Takes the blocks of the index that is open.
    ///
    /// - Throws: if the disk has none; a disk that cannot be asked for them goes without.
    static func takeBlocks(_ journal: String, for purpose: Purpose) throws(NoRoom) {
        let path = journal + "-shm"
        let descriptor = kept.withLock { kept -> Int32? in
            if let found = FileFacts(path), let known = kept[found.identity] { return known }
            let opened = open(path, O_RDWR | O_CLOEXEC)
            guard opened >= 0, let found = FileFacts(opened) else { return nil }
            kept[found.identity] = opened
            return opened
        }
        guard let descriptor, let fallocate else { return }
        if fallocate(descriptor, 0, 0, off_t(bytes)) != 0, errno == ENOSPC {
            throw NoRoom(purpose: purpose)
        }
    }

    /// Bytes of an index that is open, wherever it lies by now; nil if its blocks were not taken.
    static func size(of index: FileFacts.Identity) -> Int64? {
        kept.withLock { kept in kept[index].flatMap { FileFacts($0)?.size } }
    }

    /// Lets go of each index that is gone: the last connection has been closed, so no locks are lost.
    static func closeThoseGone() {
        kept.withLock { kept in
            for (identity, descriptor) in kept where FileFacts(descriptor)?.names == 0 {
                close(descriptor)
                kept[identity] = nil
            }
        }
    }

    /// fallocate(2), by its name: the C library declares it for programs that ask for what only GNU has.
    ///
    /// Not `posix_fallocate`, which writes into the file where its disk cannot do it, beside what others write there.
    private static let fallocate = dlsym(nil, "fallocate").map {
        unsafeBitCast($0, to: (@convention(c) (Int32, Int32, off_t, off_t) -> Int32).self)
    }
}
