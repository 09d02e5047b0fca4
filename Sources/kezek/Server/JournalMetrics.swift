// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
import KezekDisk
import KezekSQLite
import KezekServer

/// What a journal's file tells whoever watches the server.
struct JournalMetrics: Sendable {
    let store: SQLiteStore
    let path: String

    func families() -> [MetricFamily] {
        let commits = store.commitStatistics
        var families = [
            MetricFamily(
                "kezek_journal_position", .gauge, "The position of the last entry on disk.",
                (try? store.lastPosition()) ?? 0),
            MetricFamily(
                "kezek_journal_commit_failures_total", .counter,
                "Commits that the disk did not take.", commits.failures),
            Self.histogram(
                "kezek_journal_commit_duration_seconds", "Commits, their sync included.",
                commits.seconds),
            Self.histogram(
                "kezek_journal_commit_entries", "Entries that one commit has written.",
                commits.entries),
        ]
        var sizes = MetricFamily(
            "kezek_journal_file_bytes", .gauge,
            "Bytes of the journal's file, and of its log that is not copied into it yet.")
        for (name, end) in [("journal", ""), ("log", "-wal")] {
            guard let size = FileFacts(path + end)?.size else { continue }
            sizes.add("file", name, Double(size))
        }
        families.append(sizes)
        if let disk = DiskRoom(of: path) {
            families += [
                MetricFamily(
                    "kezek_journal_disk_free_bytes", .gauge,
                    "Room on the journal's disk for this user.", disk.bytes),
                MetricFamily(
                    "kezek_journal_disk_bytes", .gauge, "The size of the journal's disk.",
                    disk.size),
            ]
        }
        for kind in JournalMark.allCases {
            families.append(
                MetricFamily(
                    "kezek_journal_last_\(kind.rawValue)_timestamp_seconds", .gauge, kind.help,
                    kind.time(beside: path)?.second ?? 0))
        }
        return families
    }

    private static func histogram(
        _ name: String, _ help: String, _ distribution: CommitStatistics.Distribution
    ) -> MetricFamily {
        var family = MetricFamily(name, .histogram, help)
        var below: UInt64 = 0
        let buckets = zip(distribution.bounds, distribution.counts).map { bound, count in
            below += count
            return (bound: bound, count: below)
        }
        family.addHistogram(
            buckets: buckets, count: distribution.count, sum: distribution.sum)
        return family
    }
}
