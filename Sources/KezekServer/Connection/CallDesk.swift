// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import Journal
import HomeVisits
import KezekEngine
import KezekWire
import Logging
import NIOConcurrencyHelpers
import NIOCore
import Parties
import Queue
import Texts

/// Answers calls: questions from the library, the rest from what the server knows of itself.
struct CallDesk: Sendable {
    /// The data that the server was started with.
    let library: Library
    /// Nil if the server runs without a store.
    let engine: QueueEngine?
    let applications: ApplicationEngine?
    let visits: VisitEngine?
    /// Nil if the server asks nobody who they are.
    let access: AccessGuard?
    /// Nil if the server speaks without TLS.
    let identity: TLSIdentity?
    let strangers: Strangers
    /// Whose commands are taken where nobody is asked.
    let localUsers: LocalUsers
    /// Of what peers bring about.
    let log: BoundedLog
    let version: String
    let limits: ServerLimits
    let now: @Sendable () -> Timestamp
    let started: NIODeadline
    let statistics: [NIOLockedValueBox<LoopStatistics>]
    let isStopping: NIOLockedValueBox<Bool>
    /// Runs what would hold an event loop up.
    let background: @Sendable (@escaping @Sendable () -> Void) -> Void
    /// The same, one after the other: commands keep the order in which they came.
    let inOrder: @Sendable (@escaping @Sendable () -> Void) -> Void
    /// The same for home visits, which are not to hold those up.
    let visitsInOrder: @Sendable (@escaping @Sendable () -> Void) -> Void

    @inline(__always)
    func answer(
        _ call: Call, in language: Language, _ library: Library
    ) -> Result<Reply, Refusal> {
        switch call {
        case .queue(let question): return answer(question, as: .office, in: language)
        case .applications(let question): return answer(question, in: language)
        case .health: return .success(.health(health(to: .stranger)))
        case .describe:
            return .success(
                .description(
                    ServerDescription(
                        version: version, fileDescriptorSet: Schema.fileDescriptorSet,
                        limits: limits.described)))
        case .stats: return .success(.stats(stats()))
        default:
            do throws(Refusal) {
                let reply = try library.reply(to: call, in: language, now: now())
                // The connection hands others on, or answers them by itself.
                return reply.map { .success($0) } ?? .failure(CallDesk.noQueue(language))
            } catch { return .failure(error) }
        }
    }

    func answer(
        _ question: QueueQuestion, as standing: Standing, in language: Language
    ) -> Result<Reply, Refusal> {
        guard let engine else { return .failure(CallDesk.noQueue(language)) }
        do throws(CommandFault) {
            return .success(.queue(try engine.answer(question, as: standing, now: now())))
        } catch {
            note(error.cause)
            guard let office = question.office else {
                return .failure(error.refusal(in: language).naming(fieldOf: question))
            }
            let refusal = engine.refusal(for: error, at: office, in: language)
            return .failure(refusal.naming(fieldOf: question))
        }
    }

    private func answer(
        _ question: ApplicationQuestion, in language: Language
    ) -> Result<Reply, Refusal> {
        guard let applications else { return .failure(CallDesk.noQueue(language)) }
        do throws(ApplicationFault) {
            return .success(
                .applications(try applications.answer(question, in: language, now: now())))
        } catch {
            note(error.cause)
            return .failure(error.refusal(in: language))
        }
    }

    /// Tells the operator why the journal could not be used; the caller is told only that.
    func note(_ cause: String?) { Self.note(cause, log) }

    private static func note(_ cause: String?, _ log: BoundedLog) {
        guard let cause else { return }
        log.log(.error, "a call could not use the journal", ["cause": "\(cause)"])
    }

    /// Answers a question that takes long, on another thread.
    func answerSlowly(
        _ question: QueueQuestion, as standing: Standing, _ language: Language,
        to address: ReturnAddress
    ) {
        background { address.send(answer(question, as: standing, in: language)) }
    }

    func answerSlowly(
        _ question: ApplicationQuestion, _ language: Language, to address: ReturnAddress
    ) {
        background { address.send(answer(question, in: language)) }
    }

    /// Has a command on applications carried out.
    func carryOut(
        _ command: ApplicationCommand, _ request: RequestID, by caller: CallerID,
        _ language: Language, to address: ReturnAddress
    ) {
        guard let applications else {
            return address.send(Result<Reply, Refusal>.failure(CallDesk.noQueue(language)))
        }
        // Its register may have to be read from the disk.
        inOrder {
            applications.submit(command, request: request, by: caller, now: now(), in: language) {
                result in
                address.send(
                    result.map { .applications(.application($0)) }.mapError {
                        note($0.cause)
                        return applications.refusal(for: $0, at: command.office, in: language)
                    })
            }
        }
    }

    /// Has a decree told or adopted, which takes long.
    func carryOut(
        _ decree: DecreeCommand, _ request: RequestID, by caller: CallerID,
        _ language: Language, to address: ReturnAddress
    ) {
        guard let applications else {
            return address.send(Result<Reply, Refusal>.failure(CallDesk.noQueue(language)))
        }
        background {
            applications.submit(decree, request: request, by: caller, now: now(), in: language) {
                result in
                address.send(
                    result.map { .decree($0) }.mapError {
                        note($0.cause)
                        return $0.refusal(in: language)
                    })
            }
        }
    }

    /// Has a person forgotten.
    func forget(
        _ name: ApplicantName, _ request: RequestID, by caller: CallerID,
        _ language: Language, to address: ReturnAddress
    ) {
        guard let applications else {
            return address.send(Result<Reply, Refusal>.failure(CallDesk.noQueue(language)))
        }
        background {
            applications.forget(name, request: request, by: caller, now: now()) { result in
                address.send(
                    result.map { .forgotten(keys: $0) }.mapError {
                        note($0.cause)
                        return $0.refusal(in: language)
                    })
            }
        }
    }

    /// Has a command carried out; what comes of it is sent once it is on disk, or refused.
    func carryOut(
        _ command: QueueCommand, _ request: RequestID, by caller: CallerID,
        as standing: Standing, _ language: Language, to address: ReturnAddress
    ) {
        guard let engine else {
            return address.send(Result<Reply, Refusal>.failure(CallDesk.noQueue(language)))
        }
        // Nothing else of the desk waits for the disk with it.
        engine.submit(command, request: request, by: caller, as: standing, now: now()) {
            [log] result in
            switch result {
            case .success(let receipt): address.send(receipt)
            case .failure(let fault):
                Self.note(fault.cause, log)
                let refusal = engine.refusal(for: fault, at: command.office, in: language)
                    .naming(fieldOf: command)
                address.send(Result<Reply, Refusal>.failure(refusal))
            }
        }
    }

    static func noQueue(_ language: Language) -> Refusal {
        let text = LocalizedText(
            kk: "Бұл сервер кезексіз іске қосылған; --store арқылы журнал беріңіз.",
            ru: "Этот сервер запущен без очереди; задайте журнал через --store.",
            en: "This server runs without the queue; give it a journal with --store.")
        return Refusal(.noQueue, text[language])
    }

    /// So many days before a calendar ends, health tells that its next year is missing.
    static let daysOfWarning = 30

    /// Who hears what the server says of itself.
    enum Listener: Hashable {
        /// Nobody knows who: they hear whether it can be used, and nothing of the machine.
        case stranger
        /// Somebody with a token.
        case caller
        /// Whoever can mend it.
        case `operator`
    }

    /// The server's parts: itself, each calendar, each standard.
    func health(to listener: Listener) -> Health {
        let stopping = isStopping.withLockedValue { $0 }
        let now = now()
        let library = engine?.libraryInForce ?? library
        let server = Health.Part(
            .server, isServing: !stopping,
            detail: stopping ? "stopping" : listener == .stranger ? "running" : version)
        let ending = library.calendarsEnding(within: Self.daysOfWarning, now: now)
        let ended = library.calendarsEnding(within: -1, now: now)
        let calendars = library.calendarVersions(now: now).map { id, version in
            // Offices go on with provisional ends, so it is told and stops nothing.
            let warning = ending[id].map {
                "; \(ended[id] == nil ? "ends" : "ended") on \($0): adopt the next year, or what is due "
                    + "after it stays provisional"
            }
            return Health.Part(
                .calendar, id, isServing: !version.isEmpty,
                detail: version.isEmpty ? "no year is published yet" : version + (warning ?? ""))
        }
        let standards = library.standards.keys.sorted().map {
            Health.Part(.standard, $0, isServing: true, detail: "loaded")
        }
        return Health(
            parts: [server] + calendars + standards + queueHealth(to: listener)
                + fileHealth(to: listener))
    }

    /// Files that are read at a start, and why the next one would not find them; nil if it would.
    var files: [(kind: Health.Kind, trouble: String?)] {
        [
            (.key, engine?.keyTrouble), (.access, access?.fileTrouble),
            (.certificate, identity?.fileTrouble),
        ]
    }

    /// Files that were moved away or changed since the start: the server goes on with what it has read, so the
    /// part serves, and is told as it would not at the next start.
    private func fileHealth(to listener: Listener) -> [Health.Part] {
        files.compactMap { kind, trouble in
            trouble.map { why in
                Health.Part(
                    kind, isServing: true,
                    detail: listener == .operator
                        ? why : "would not be found at the next start; its operator is told why")
            }
        }
    }

    /// The cause of a trouble has paths of the machine in it, so it is the operator's.
    private func queueHealth(to listener: Listener) -> [Health.Part] {
        guard let engine else { return [] }
        let trouble = engine.trouble
        let detail =
            switch (listener, trouble) {
            case (.operator, let trouble?): trouble
            case (_, _?): "cannot be written; its operator is told why"
            case (.stranger, nil): "is written"
            case (_, nil): "\(engine.officeCount) offices"
            }
        return [
            Health.Part(.journal, isServing: trouble == nil, detail: detail),
            clockHealth(engine, to: listener),
        ]
    }

    /// Connections open now, on all loops.
    var openConnections: Int {
        statistics.reduce(0) { $0 + $1.withLockedValue { Int($0.openConnections) } }
    }

    /// What all loops have counted.
    func counted() -> LoopStatistics {
        var sum = LoopStatistics()
        for box in statistics { box.withLockedValue { sum.add($0) } }
        return sum
    }

    private func stats() -> ServerStatistics {
        let uptime = (NIODeadline.now() - started).nanoseconds / 1_000_000_000
        return counted().summary(uptimeSeconds: UInt64(max(0, uptime)))
    }
}
