// SPDX-License-Identifier: Apache-2.0

import Glibc
import Journal
import KezekDisk
import Synchronization
import Texts

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

    /// - Throws: if there is no index with blocks of its own, and the disk has no room for one.
    static func requireRoom(
        _ journal: String, _ room: (_ folder: String) -> UInt64?
    ) throws(StoreFailure) {
        guard FileFacts.bytesOnDisk(journal + "-shm") < bytes, let free = room(folder(of: journal))
        else { return }
        guard free >= Self.room else { throw full(journal) }
    }

    /// Takes the blocks of the index that is open.
    ///
    /// - Throws: if the disk has none; a disk that cannot be asked for them goes without.
    static func takeBlocks(_ journal: String) throws(StoreFailure) {
        let path = journal + "-shm"
        let descriptor = kept.withLock { kept -> Int32? in
            if let found = FileFacts(path), let known = kept[found.identity] { return known }
            let opened = open(path, O_RDWR | O_CLOEXEC)
            guard opened >= 0, let found = FileFacts(opened) else { return nil }
            kept[found.identity] = opened
            return opened
        }
        guard let descriptor, let fallocate else { return }
        if fallocate(descriptor, 0, 0, off_t(bytes)) != 0, errno == ENOSPC { throw full(journal) }
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

    static func folder(of journal: String) -> String {
        guard let slash = journal.lastIndex(of: "/") else { return "." }
        return slash == journal.startIndex ? "/" : String(journal[..<slash])
    }

    private static func full(_ journal: String) -> StoreFailure {
        StoreFailure("the disk that holds \(journal) is full: make room on it")
    }
}
