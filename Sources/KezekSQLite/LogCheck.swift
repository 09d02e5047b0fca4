// SPDX-License-Identifier: Apache-2.0

import Glibc
import KezekDisk

/// How whole the log of a journal is, before SQLite takes what it can of it.
///
/// SQLite reads the log up to the first frame that is not right and forgets the rest, be it the torn end of
/// what nobody was told had succeeded, or commits that were confirmed.
enum LogCheck {
    enum State: Hashable {
        /// There is none, or all that was written for good is there.
        case whole
        /// Its end is that of a commit that was being written.
        case torn
        /// A frame is damaged, and commits were written after it.
        case damaged(frame: Int)
    }

    private static let headerSize = 32
    private static let frameHeaderSize = 24

    static func state(of path: String) -> State {
        guard let log = read(path), log.count > headerSize else { return .whole }
        return log.withUnsafeBytes { state($0) }
    }

    private static func state(_ log: UnsafeRawBufferPointer) -> State {
        let magic = word(log, 0, bigEndian: true)
        let isBig = magic == 0x377f_0683
        let pageSize = Int(word(log, 8, bigEndian: true))
        let frameSize = frameHeaderSize + pageSize
        guard isBig || magic == 0x377f_0682, pageSize >= 512, pageSize <= 65_536 else {
            return .damaged(frame: 0)
        }
        var sums = Sums(log, 0..<24, after: Sums(), bigEndian: isBig)
        guard sums == Sums(log, at: 24) else { return .damaged(frame: 0) }
        let count = (log.count - headerSize) / frameSize
        // What is left of an earlier round has other salts.
        func isOfThisRound(_ frame: Int) -> Bool {
            let start = headerSize + frame * frameSize
            return word(log, start + 8, bigEndian: true) == word(log, 16, bigEndian: true)
                && word(log, start + 12, bigEndian: true) == word(log, 20, bigEndian: true)
        }
        /// The sums of a frame after those before it.
        func sum(_ frame: Int, after before: Sums) -> Sums {
            let start = headerSize + frame * frameSize
            let head = Sums(log, start..<start + 8, after: before, bigEndian: isBig)
            return Sums(
                log, start + frameHeaderSize..<start + frameSize, after: head, bigEndian: isBig)
        }
        func stored(_ frame: Int) -> Sums { Sums(log, at: headerSize + frame * frameSize + 16) }
        var frame = 0
        while frame < count, isOfThisRound(frame) {
            let next = sum(frame, after: sums)
            guard next == stored(frame) else { break }
            (sums, frame) = (next, frame + 1)
        }
        let first = frame
        guard first < count else {
            return (log.count - headerSize) % frameSize == 0 ? .whole : .torn
        }
        // One commit at most was not synced when the writing ended. Of two that come later, the first was
        // written after the frame had been.
        var commits = 0
        var isFollowed = false
        for later in first..<count where isOfThisRound(later) {
            isFollowed = true
            guard later > first, sum(later, after: stored(later - 1)) == stored(later) else {
                continue
            }
            let size = word(log, headerSize + later * frameSize + 4, bigEndian: true)
            if size > 0 { commits += 1 }
        }
        return commits > 1 ? .damaged(frame: first + 1) : (isFollowed ? .torn : .whole)
    }

    /// The two sums by which SQLite knows a frame, each over all that came before it.
    private struct Sums: Hashable {
        var one: UInt32 = 0
        var two: UInt32 = 0

        init() {}

        init(_ log: UnsafeRawBufferPointer, at start: Int) {
            one = word(log, start, bigEndian: true)
            two = word(log, start + 4, bigEndian: true)
        }

        init(
            _ log: UnsafeRawBufferPointer, _ range: Range<Int>, after before: Sums, bigEndian: Bool
        ) {
            self = before
            var start = range.lowerBound
            while start < range.upperBound {
                one &+= word(log, start, bigEndian: bigEndian) &+ two
                two &+= word(log, start + 4, bigEndian: bigEndian) &+ one
                start += 8
            }
        }
    }

    private static func word(
        _ log: UnsafeRawBufferPointer, _ start: Int, bigEndian: Bool
    ) -> UInt32 {
        let value = log.loadUnaligned(fromByteOffset: start, as: UInt32.self)
        return bigEndian ? UInt32(bigEndian: value) : UInt32(littleEndian: value)
    }

    private static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard let size = FileFacts(descriptor)?.size, size > 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(size))
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress! + done, $0.count - done, off_t(done))
            }
            guard count > 0 else { return nil }
            done += count
        }
        return bytes
    }
}
