// SPDX-License-Identifier: Apache-2.0

public import Applications
public import Enquiries
public import HomeVisits
public import Journal
public import KezekWire
import NIOCore
public import Parties
public import Queue
public import Texts

/// Asks a Kezek server over the network.
///
/// Connections are made when they are needed, kept, and shared: any number of tasks may ask at the
/// same time, and their calls are pipelined. A call that is lost on the way is repeated until its
/// deadline; every call of this API may be repeated safely, commands by their request id. The error of a
/// command whose answer never came has that id (`ClientError.mayBeDone`), also where none was given.
///
///     let client = Client(ClientSettings(endpoint: Endpoint("127.0.0.1:7447")!))
///     let answer = try await client.ask(.standards, in: .en)
///     await client.close()
public final class Client: Sendable {
    public let settings: ClientSettings
    private let pool: ConnectionPool

    public init(_ settings: ClientSettings) {
        self.settings = settings
        pool = ConnectionPool(settings)
    }

    /// The answer to a question, its texts in the given language.
    /// - Throws: `refused` with the server's reason, or why no answer came before the deadline.
    public func ask(
        _ question: Question, in language: Language
    ) async throws(ClientError) -> Answer {
        guard case .answer(let answer) = try await call(.question(question), in: language) else {
            throw .badResponse(settings.endpoint)
        }
        return answer
    }

    /// Whether the server can answer, part by part.
    ///
    /// What it says is in English; why somebody is not let in is told in the given language.
    public func health(in language: Language = .en) async throws(ClientError) -> Health {
        guard case .health(let health) = try await call(.health(watch: false), in: language) else {
            throw .badResponse(settings.endpoint)
        }
        return health
    }

    /// What the server speaks and takes.
    public func describe(in language: Language = .en) async throws(ClientError)
        -> ServerDescription
    {
        guard case .description(let description) = try await call(.describe, in: language) else {
            throw .badResponse(settings.endpoint)
        }
        return description
    }

    /// How the server has been doing since it started.
    public func stats(in language: Language = .en) async throws(ClientError) -> ServerStatistics {
        guard case .stats(let stats) = try await call(.stats, in: language) else {
            throw .badResponse(settings.endpoint)
        }
        return stats
    }

    /// The answer to a question about the queue; `proof` shows for whom the caller speaks.
    public func ask(
        _ question: QueueQuestion, showing proof: BookingProof? = nil, in language: Language
    ) async throws(ClientError) -> QueueAnswer {
        let reply = try await call(.queue(question), showing: proof, in: language)
        guard case .queue(let answer) = reply else { throw .badResponse(settings.endpoint) }
        return answer
    }

    /// Sends a command, and again if it is lost, under one request id: it is carried out once.
    ///
    /// Give the id of an earlier attempt to learn what came of it. `proof` shows for whom the caller
    /// speaks.
    public func send(
        _ command: QueueCommand, request: RequestID = .random(),
        showing proof: BookingProof? = nil, in language: Language
    ) async throws(ClientError) -> Receipt {
        let reply = try await call(.command(request, command), showing: proof, in: language)
        guard case .receipt(let receipt) = reply else { throw .badResponse(settings.endpoint) }
        return receipt
    }

    /// The answer to a question about applications, its texts in the given language.
    public func ask(
        _ question: ApplicationQuestion, in language: Language
    ) async throws(ClientError) -> ApplicationAnswer {
        guard case .applications(let answer) = try await call(.applications(question), in: language)
        else { throw .badResponse(settings.endpoint) }
        return answer
    }

    /// Sends a command on applications, and again if it is lost, under one request id: it is carried
    /// out once.
    ///
    /// - Returns: the application right after the command.
    public func send(
        _ command: ApplicationCommand, request: RequestID = .random(), in language: Language
    ) async throws(ClientError) -> ApplicationView {
        let reply = try await call(.applicationCommand(request, command), in: language)
        guard case .applications(.application(let view)) = reply else {
            throw .badResponse(settings.endpoint)
        }
        return view
    }

    /// Tells what a decree would move, or moves it, once for the request id.
    public func send(
        _ command: DecreeCommand, request: RequestID = .random(), in language: Language
    ) async throws(ClientError) -> DecreeEffects {
        guard case .decree(let effects) = try await call(.decree(request, command), in: language)
        else { throw .badResponse(settings.endpoint) }
        return effects
    }

    /// The answer to a question on home visits; `proof` shows for whom the caller speaks.
    public func ask(
        _ question: VisitQuestion, showing proof: BookingProof? = nil, in language: Language
    ) async throws(ClientError) -> VisitAnswer {
        let reply = try await call(.visits(question), showing: proof, in: language)
        guard case .visits(let answer) = reply else { throw .badResponse(settings.endpoint) }
        return answer
    }

    /// Sends a command on home visits, and again if it is lost, under one request id: it is carried
    /// out once.
    ///
    /// `proof` shows for whom the caller speaks.
    public func send(
        _ command: VisitCommand, request: RequestID = .random(),
        showing proof: BookingProof? = nil, in language: Language
    ) async throws(ClientError) -> VisitReceipt {
        let reply = try await call(
            .visitCommand(request, command), showing: proof, in: language)
        guard case .visitReceipt(let receipt) = reply else {
            throw .badResponse(settings.endpoint)
        }
        return receipt
    }

    /// Has what was typed about a person made unreadable for ever; nothing of theirs may be under way.
    ///
    /// - Returns: how many keys were destroyed; 0 if nothing was typed, or if it was done before.
    public func forget(
        _ applicant: ApplicantName, request: RequestID = .random(), in language: Language
    ) async throws(ClientError) -> Int {
        let reply = try await call(.forgetApplicant(request, applicant), in: language)
        guard case .forgotten(let keys) = reply else { throw .badResponse(settings.endpoint) }
        return keys
    }

    /// Has the server's clock believed as it is.
    ///
    /// - Returns: whether there was a doubt to end.
    public func acceptClock(
        request: RequestID = .random(), in language: Language
    ) async throws(ClientError) -> Bool {
        let reply = try await call(.acceptClock(request), in: language)
        guard case .clockAccepted(let accepted) = reply else {
            throw .badResponse(settings.endpoint)
        }
        return accepted
    }

    /// An office's working list, then each change, until the server stops.
    ///
    /// Ends with an error if the connection is lost: watch again from the last list's run and
    /// revision on.
    public func watchWorkingList(
        _ question: WorkingListQuestion, in language: Language = .en
    ) -> AsyncThrowingStream<WorkingList, any Error> {
        watch(.watchWorkingList(question), in: language) { reply in
            guard case .applications(.workingList(let list)) = reply else { return nil }
            return list
        }
    }

    /// The server's health now and at each change, until it stops.
    ///
    /// Ends with an error if the connection is lost.
    public func watchHealth(
        in language: Language = .en
    ) -> AsyncThrowingStream<Health, any Error> {
        watch(.health(watch: true), in: language) { reply in
            guard case .health(let health) = reply else { return nil }
            return health
        }
    }

    /// The board of an office's present day, then each change, until the server stops.
    ///
    /// `seen` is what the caller has seen. Ends with an error if the connection is lost: watch again
    /// from the last board's revision and date on.
    public func watchBoard(
        _ office: OfficeID, seen: BoardSeen = .nothing, in language: Language = .en
    ) -> AsyncThrowingStream<Board, any Error> {
        watch(.watchBoard(office, seen), in: language) { reply in
            guard case .queue(.board(let board)) = reply else { return nil }
            return board
        }
    }

    /// The plan of an area from its present day on, then each change, until the server stops.
    ///
    /// `since` is the revision that the caller has seen; 0 for none. Ends with an error if the
    /// connection is lost: watch again from the last plan's revision on.
    public func watchVisitPlan(
        _ area: OfficeID, since revision: UInt32 = 0, in language: Language = .en
    ) -> AsyncThrowingStream<AreaPlan, any Error> {
        watch(.watchVisitPlan(area, since: revision), in: language) { reply in
            guard case .visits(.plan(let plan)) = reply else { return nil }
            return plan
        }
    }

    /// What any call is answered with.
    public func reply(
        to call: Call, showing proof: BookingProof? = nil, in language: Language
    ) async throws(ClientError) -> Reply {
        try await self.call(call, showing: proof, in: language)
    }

    /// What a call that watches is answered with, now and at each change, until the server stops.
    ///
    /// Ends with an error if the connection is lost.
    public func replies(
        to call: Call, in language: Language = .en
    ) -> AsyncThrowingStream<Reply, any Error> {
        watch(call, in: language) { $0 }
    }

    private func watch<T: Sendable>(
        _ call: Call, in language: Language, _ read: @escaping @Sendable (Reply) -> T?
    ) -> AsyncThrowingStream<T, any Error> {
        let watch = Watch(call, in: language, settings, pool, read)
        return AsyncThrowingStream(unfolding: { try await watch.next() })
    }

    /// Closes the connections.
    ///
    /// Calls that wait, for an answer or for a connection, and watches are cancelled at once.
    public func close() async { pool.close() }

    /// Sends a call, and again if it is lost, until its deadline.
    private func call(
        _ call: Call, showing proof: BookingProof? = nil, in language: Language
    ) async throws(ClientError) -> Reply {
        let start = NIODeadline.now()
        let deadline = start + .milliseconds(Int64(settings.deadlineMilliseconds))
        let connected = start + .milliseconds(Int64(settings.connectMilliseconds))
        var pause = Int64(settings.firstRetryMilliseconds)
        var attempts = settings.attempts
        var lastFailure: ClientError?
        // Whether a command was once sent of which nobody knows what came of it.
        var isOpen = false
        // The server itself has said so: its words say more than those of a later attempt that did nothing.
        var unknown: ClientError?
        func told(_ error: ClientError) -> ClientError {
            guard isOpen, let id = call.changes, !error.settles else { return error }
            if case .refused = error, let unknown { return .mayBeDone(id, unknown) }
            return .mayBeDone(id, error)
        }
        while true {
            let failure: ClientError
            do throws(ClientError) {
                return try await callOnce(call, proof, language, deadline, &isOpen)
            } catch {
                if case .refused(let refusal) = error, refusal.isOutcomeUnknown {
                    isOpen = true
                    unknown = error
                }
                // Why it was repeated says more than that there was no time left to repeat it.
                if case .timedOut = error, let lastFailure { throw told(lastFailure) }
                attempts -= 1
                guard error.mayBeRepeated, attempts > 0 else { throw told(error) }
                failure = error
                lastFailure = error
            }
            // Waiting a random part of the pause keeps many clients from coming back at once.
            let asked = failure.retryAfterMilliseconds
            let wait = TimeAmount.milliseconds(asked + Int64.random(in: pause / 2...pause))
            guard NIODeadline.now() + wait < deadline else { throw told(failure) }
            if case .cannotConnect = failure, NIODeadline.now() + wait >= connected {
                throw told(failure)
            }
            do { try await Task.sleep(nanoseconds: UInt64(wait.nanoseconds)) } catch {
                throw told(.cancelled)
            }
            pause = min(pause * 2, 2_000)
        }
    }

    private func callOnce(
        _ call: Call, _ proof: BookingProof?, _ language: Language, _ deadline: NIODeadline,
        _ isOpen: inout Bool
    ) async throws(ClientError) -> Reply {
        let connection = try await pool.connection(before: deadline, in: language)
        switch await connection.answer(
            to: call, showing: proof, language, deadline: deadline)
        {
        case .success(let response):
            switch response.result {
            case .success(let reply): return reply
            case .failure(let refusal): throw .refused(refusal)
            }
        case .failure(let failure):
            isOpen = isOpen || failure.mayBeAnswered
            throw failure.error(at: settings.endpoint)
        }
    }
}

extension Call {
    /// The request id of a command that changes something, which a dry run does not; nil for a question.
    fileprivate var changes: RequestID? {
        switch self {
        case .command(let id, .changeOffice(let command)): command.dryRun ? nil : id
        case .decree(let id, let command): command.dryRun ? nil : id
        case .command(let id, _), .applicationCommand(let id, _), .forgetApplicant(let id, _),
            .acceptClock(let id), .visitCommand(let id, _):
            id
        case .question, .queue, .watchBoard, .applications, .watchWorkingList, .visits,
            .watchVisitPlan, .health, .describe, .stats, .endWatch, .authenticate:
            nil
        }
    }
}

extension ClientError {
    /// How long the server asked to wait before the call is repeated.
    var retryAfterMilliseconds: Int64 {
        if case .refused(let refusal) = self { Int64(refusal.retryAfterMilliseconds) } else { 0 }
    }

    /// Whether it says that a command was not carried out, whatever became of it when it was sent before.
    fileprivate var settles: Bool {
        if case .refused(let refusal) = self { !refusal.reason.mayBeRetried } else { false }
    }

    /// Whether the same call may succeed if it is sent again.
    var mayBeRepeated: Bool {
        switch self {
        case .connectionLost, .cannotConnect, .notTrusted(_, .endedEarly): true
        case .refused(let refusal): refusal.reason.mayBeRetried
        case .timedOut, .badResponse, .requestTooLarge, .cancelled, .notTrusted, .mayBeDone: false
        }
    }
}
