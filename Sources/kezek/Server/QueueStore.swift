// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Dispatch
import Enquiries
import Foundation
import Journal
import KezekEngine
import KezekFiles
import KezekSQLite
import KezekServer
import Logging
import Texts

/// A journal file that is open, its applicants' key, and the engines that run on it.
struct QueueStore {
    let engine: QueueEngine
    let applications: ApplicationEngine
    let visits: VisitEngine
    /// The data of the folder, with the calendars that decrees have put in force.
    let library: Library
    /// What the journal's file tells whoever watches the server.
    private let metrics: JournalMetrics
    private let keyWatch: FileWatch
    private let roads: AreaRoads
    private let store: SQLiteStore
    private let path: String
    /// The first start of a new journal; nil for one that was there.
    private let first: FirstStart?
    private let findings: FindingsLog
    private let background = DispatchQueue(label: "kezek.journal", qos: .utility)

    /// Opens the journal, or makes it where that is wanted, and loads what is in it; if that fails, nothing new
    /// is left.
    init(
        path: String, opening: StoreFiles.Opening, acceptedLoss: UInt64? = nil, data: DataFolder,
        logger: Logger,
        wordsKeptDays: Int, replanSeconds: Int,
        roads: AreaRoads = AreaRoads(), clock: ClockWatch? = nil,
        now: @Sendable () -> Timestamp
    ) throws {
        let began = DispatchTime.now()
        self.path = path
        first = try StoreFiles(journal: path).require(opening)
        let files = ["", "-wal", "-shm", "-lock", "-head"].map { path + $0 }
        let (file, keys): (KeyFile, ApplicantKeys)
        do {
            for file in files { try SecretFile.requireOwner(file) }
            (file, keys) = try Self.keys(beside: path, isNew: first != nil, now: now())
        } catch {
            first?.end()
            throw error
        }
        for file in files {
            guard let mode = SecretFile.close(file) else { continue }
            logger.warning(
                "a file of the store could be read by others; it is its owner's alone now",
                metadata: ["file": "\(file)", "mode": "\(mode)"])
        }
        do throws(StoreFailure) {
            store = try SQLiteStore(path: path, acceptingLossAt: acceptedLoss)
        } catch {
            Self.giveUp(path, first)
            throw error
        }
        metrics = JournalMetrics(store: store, path: path)
        self.roads = roads
        let background = background
        do {
            let noted = try store.requireKeys(file.checks, retired: file.retiredValues)
            if !noted.isEmpty {
                logger.notice(
                    "the journal knows earlier keys from now on",
                    metadata: ["keys": "\(noted.map(\.name).joined(separator: " "))"])
            }
            library = try data.library(
                adopting: try DecreeLedger.calendars(in: store).map(AdoptedCalendar.init)
            ) { logger.warning("\($0)") }
        } catch {
            Self.abandon(store, path, first)
            throw error
        }
        engine = QueueEngine(
            store: store, library: library, keys: keys,
            background: { work in background.async(execute: work) },
            clock: clock,
            onTrouble: { why in
                if let why {
                    logger.error("the journal cannot be written", metadata: ["cause": "\(why)"])
                } else {
                    logger.notice("the journal is written again")
                }
            })
        keyWatch = Self.watchKey(beside: path, file.checks, engine, logger)
        let now = now()
        applications = ApplicationEngine(
            // Two starts may be within one second, and what one has told the other does not know.
            queue: engine, run: UInt64.random(in: 1...UInt64.max), wordsKeptDays: wordsKeptDays,
            read: { text, library in
                ApplicationEngine.read(calendar: text, library)
            })
        let searches = DispatchQueue(label: "kezek.plans", qos: .utility)
        let wanted = DispatchQueue(label: "kezek.plans.wanted")
        visits = VisitEngine(
            queue: engine, applications: applications, replanSeconds: replanSeconds,
            ways: { roads.ways(of: $0) }, search: { work in searches.async(execute: work) },
            wantedSearch: { work in wanted.async(execute: work) })
        do {
            try engine.start(now: now)
            try applications.start(now: now)
            try visits.start()
        } catch {
            keyWatch.stop()
            Self.abandon(store, path, first)
            throw error
        }
        findings = FindingsLog(of: store, logger)
        for key in engine.keysLocked {
            logger.warning(
                "a person's key cannot be opened; their words stay locked",
                metadata: ["key": "\(String(key, radix: 16))"])
        }
        let milliseconds =
            (DispatchTime.now().uptimeNanoseconds - began.uptimeNanoseconds) / 1_000_000
        logger.info(
            "journal loaded",
            metadata: [
                "store": "\(path)", "offices": "\(engine.officeCount)",
                "areas": "\(visits.areas.count)",
                "milliseconds": "\(milliseconds)",
            ])
    }

    /// What the journal's file, and who is asked about roads, tell whoever watches the server.
    func families() -> [MetricFamily] {
        metrics.families() + roads.families() + [
            MetricFamily(
                "kezek_roads_unmeasured_places", .gauge,
                "Places of home visits in plans whose ways are estimated for want of an answer.",
                visits.placesWithoutRoads)
        ]
    }

    /// Writes what is on its way, packs the days for a quick start, and closes the file.
    func close() {
        findings.stop()
        keyWatch.stop()
        engine.packDays()
        applications.packRegisters()
        visits.packAreas()
        // Packing runs on this queue, in order.
        background.sync {}
        store.close()
    }

    /// The server answers: a journal that was made is there for good.
    func hasStarted() { first?.end() }

    /// After a start that failed later on: closes the file, and takes a journal away that was made for it.
    func abandon() {
        guard first != nil else { return close() }
        findings.stop()
        keyWatch.stop()
        background.sync {}
        Self.abandon(store, path, first)
    }

    private static func abandon(_ store: SQLiteStore, _ path: String, _ first: FirstStart?) {
        if store.abandon() { giveUp(path, first) } else { first?.end() }
    }

    /// Takes the key of a new journal away, which is gone itself.
    private static func giveUp(_ path: String, _ first: FirstStart?) {
        guard let first else { return }
        unlink(KeyFile.path(beside: path))
        first.end()
    }

    /// Looks each second whether the next start would find the keys that are used now.
    private static func watchKey(
        beside path: String, _ used: [KeyCheck], _ engine: QueueEngine, _ logger: Logger
    ) -> FileWatch {
        let file = KeyFile.path(beside: path)
        return FileWatch(since: FileStamps([file])) {
            let (found, _) = try keys(beside: path, isNew: false, now: Clock.now())
            let fault = KnownKeys(used)?.fault(beside: found.checks, retired: found.retiredValues)
            if let fault { throw CommandFailure("\(file): \(fault)") }
            engine.noteKey(nil)
            logger.notice("the key has been read", metadata: ["file": "\(file)"])
        } onTrouble: { cause in
            engine.noteKey(cause)
            logger.error(
                "the next start would not find the key", metadata: ["cause": "\(cause)"])
        }
    }

    /// The keys by which applicants are named: read, or made before a new journal.
    private static func keys(
        beside path: String, isNew: Bool, now: Timestamp
    ) throws -> (KeyFile, ApplicantKeys) {
        let file = KeyFile.path(beside: path)
        try SecretFile.check(file)
        let found = isNew ? try KeyFile.create(file, now: now) : try KeyFile.read(file)
        guard let found, let keys = found.keys else {
            throw CommandFailure("\(file) has no keys; put it back from a copy")
        }
        return (found, keys)
    }
}

extension AdoptedCalendar {
    fileprivate init(_ adopted: DecreeLedger.Adopted) {
        self.init(
            calendar: adopted.calendar, text: adopted.text, digest: adopted.digest,
            earlierDigest: adopted.earlierDigest)
    }
}

extension ApplicationEngine {
    /// What a calendar file's text makes of the data in force.
    static func read(
        calendar text: String, _ library: Library
    ) -> Result<NewCalendar, CalendarFaults> {
        do throws(FileFaults) {
            let (name, new) = try library.replacing(calendar: text)
            return .success(
                NewCalendar(
                    calendar: name, library: new, digest: new.calendars[name]?.source ?? "",
                    earlierDigest: library.calendars[name]?.source ?? ""))
        } catch { return .failure(CalendarFaults(list: error.list.map(\.phrase))) }
    }
}
