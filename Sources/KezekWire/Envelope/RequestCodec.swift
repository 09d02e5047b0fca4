// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CallLimits
public import Enquiries
import Texts

/// `kezek.v1.Request` from and to bytes.
public enum RequestCodec {
    /// What the bytes of a request frame turned out to be.
    public enum Decoded: Sendable {
        case request(WireRequest, CallName)
        /// A request that cannot be carried out.
        case refused(id: UInt64, Refusal)
        /// No request: the bytes do not decode, a known field has another wire type, or there is no
        /// `id`.
        ///
        /// Whoever sent them speaks another protocol, so what comes after them is not to be read.
        case malformed(Refusal)
    }

    /// Decodes a frame's message.
    ///
    /// Whatever the bytes are, there is an answer to give.
    public static func decode(_ bytes: UnsafeRawBufferPointer, _ arena: Arena) -> Decoded {
        let unpacked = arena.withAllocator { allocator in
            kezek__v1__request__unpack(
                allocator, bytes.count, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        }
        guard let unpacked, hasRightTypes(bytes) else {
            return .malformed(
                Refusal(
                    .malformedRequest,
                    "The frame is not a kezek.v1.Request message; the connection ends."))
        }
        return decode(unpacked.pointee)
    }

    private static func hasRightTypes(_ bytes: UnsafeRawBufferPointer) -> Bool {
        withUnsafePointer(to: kezek__v1__request__descriptor) {
            WireTypes.boolsAreNumbers(bytes, $0)
        }
    }

    @inline(__always)
    private static func decode(_ message: Kezek__V1__Request) -> Decoded {
        let known = language(message.language)
        // A refusal must be in some language; Kazakh is the default.
        let reader = WireReader(language: known ?? .kk, isRequest: true)
        guard message.id != 0 else {
            return .malformed(
                reader.invalid(
                    "id",
                    LocalizedText(
                        kk: "1 немесе одан үлкен болуы керек.", ru: "должно быть 1 или больше.",
                        en: "must be 1 or greater.")))
        }
        guard let language = known else {
            return .refused(id: message.id, reader.unknownValue("language"))
        }
        do throws(Refusal) {
            guard let name = CallName(field: message.call_case.rawValue) else {
                throw reader.unknownCall()
            }
            let call = try reader.call(message)
            return .request(
                WireRequest(
                    id: message.id, deadlineMilliseconds: message.deadline_ms, language: language,
                    call: call, proof: try reader.proof(message.proof)), name)
        } catch { return .refused(id: message.id, error) }
    }

    private static func language(_ language: Kezek__V1__Language) -> Language? {
        switch language {
        case KEZEK__V1__LANGUAGE__LANGUAGE_UNSPECIFIED, KEZEK__V1__LANGUAGE__LANGUAGE_KK: .kk
        case KEZEK__V1__LANGUAGE__LANGUAGE_RU: .ru
        case KEZEK__V1__LANGUAGE__LANGUAGE_EN: .en
        default: nil
        }
    }

    /// The bytes of a request; nil if it is larger than a frame may be, or if it is one of the day
    /// commands on bookings, which travel as `QueueCommand.hold` and `.booking`.
    public static func encode(_ request: WireRequest, _ arena: Arena) -> [UInt8]? {
        guard let message = try? WireWriter(arena: arena).request(request) else { return nil }
        let size = kezek__v1__request__get_packed_size(message)
        guard size <= CallLimit.requestFrameBytes else { return nil }
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = kezek__v1__request__pack(message, buffer.baseAddress)
        }
    }
}

extension CallName {
    /// The name of a call; nil for one that does not travel.
    public init?(_ call: Call, _ arena: Arena) {
        let request = WireRequest(id: 1, deadlineMilliseconds: 0, language: .en, call: call)
        guard let message = try? WireWriter(arena: arena).request(request) else { return nil }
        self.init(field: message.pointee.call_case.rawValue)
    }
}

extension WireReader {
    @inline(__always)
    fileprivate func call(_ message: Kezek__V1__Request) throws(Refusal) -> Call {
        switch message.call_case {
        case KEZEK__V1__REQUEST__CALL_DUE_DATE:
            .question(.dueDate(try dueDate(message.due_date.pointee)))
        case KEZEK__V1__REQUEST__CALL_DUE_DATES:
            .question(.dueDates(try dueDates(message.due_dates.pointee)))
        case KEZEK__V1__REQUEST__CALL_LATEST_START:
            .question(.latestStart(try latestStart(message.latest_start.pointee)))
        case KEZEK__V1__REQUEST__CALL_TIME_LEFT:
            .question(.timeLeft(try timeLeft(message.time_left.pointee)))
        case KEZEK__V1__REQUEST__CALL_WORKING_TIME:
            .question(.workingTime(try workingTime(message.working_time.pointee)))
        case KEZEK__V1__REQUEST__CALL_OFFICE_HOURS:
            .question(.officeHours(try officeHours(message.office_hours.pointee)))
        case KEZEK__V1__REQUEST__CALL_STANDARDS: .question(.standards)
        case KEZEK__V1__REQUEST__CALL_ADD_WORKING_DAYS:
            .question(.addWorkingDays(try add(message.add_working_days.pointee)))
        case KEZEK__V1__REQUEST__CALL_COUNT_WORKING_DAYS:
            .question(.countWorkingDays(try count(message.count_working_days.pointee)))
        case KEZEK__V1__REQUEST__CALL_CALENDAR_DAYS:
            .question(.calendarDays(try days(message.calendar_days.pointee)))
        case KEZEK__V1__REQUEST__CALL_BALANCE:
            .question(.balance(try balance(message.balance.pointee)))
        case KEZEK__V1__REQUEST__CALL_CALENDAR_CHANGES:
            .question(.calendarChanges(try changes(message.calendar_changes.pointee)))
        case KEZEK__V1__REQUEST__CALL_HEALTH: .health(watch: message.health.pointee.watch != 0)
        case KEZEK__V1__REQUEST__CALL_DESCRIBE: .describe
        case KEZEK__V1__REQUEST__CALL_STATS: .stats
        case KEZEK__V1__REQUEST__CALL_END_WATCH:
            .endWatch(request: message.end_watch.pointee.request)
        case KEZEK__V1__REQUEST__CALL_AUTHENTICATE:
            .authenticate(
                token: try secret(
                    message.authenticate.pointee.token, "token", limit: CallLimit.tokenBytes))
        default: try queueCall(message)
        }
    }

    @inline(__always)
    private func queueCall(_ message: Kezek__V1__Request) throws(Refusal) -> Call {
        if let question = try queueQuestion(message) { return question }
        if let command = try bookingCommand(message) {
            return .command(try requestID(message.request_id), command)
        }
        if let command = try dayCommand(message) {
            return .command(try requestID(message.request_id), command)
        }
        if let question = try applicationQuestion(message) { return question }
        if let command = try applicationCommand(message) {
            return .applicationCommand(try requestID(message.request_id), command)
        }
        if message.call_case == KEZEK__V1__REQUEST__CALL_DECREE {
            return .decree(
                try requestID(message.request_id), try decree(message.decree.pointee))
        }
        if message.call_case == KEZEK__V1__REQUEST__CALL_FORGET_APPLICANT {
            return .forgetApplicant(
                try requestID(message.request_id),
                try forgotten(message.forget_applicant.pointee))
        }
        if message.call_case == KEZEK__V1__REQUEST__CALL_ACCEPT_CLOCK {
            return .acceptClock(try requestID(message.request_id))
        }
        if let question = try visitQuestion(message) { return question }
        if let command = try visitCommand(message) {
            return .visitCommand(try requestID(message.request_id), command)
        }
        throw unknownCall()
    }

    fileprivate func unknownCall() -> Refusal {
        Refusal(
            .unknownCall,
            LocalizedText(
                kk: "Бұл сервер білетін шақыру жоқ; Describe тізімін қараңыз.",
                ru: "Нет вызова, известного этому серверу; см. Describe.",
                en: "The request has no call that this server knows; see Describe."
            )[language], field: "call")
    }
}

extension WireWriter {
    fileprivate func request(
        _ request: WireRequest
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__Request> {
        try message(kezek__v1__request__init) { (message) throws(Full) in
            message.id = request.id
            message.deadline_ms = request.deadlineMilliseconds
            if let proof = request.proof { message.proof = try self.proof(proof) }
            message.language =
                switch request.language {
                case .kk: KEZEK__V1__LANGUAGE__LANGUAGE_KK
                case .ru: KEZEK__V1__LANGUAGE__LANGUAGE_RU
                case .en: KEZEK__V1__LANGUAGE__LANGUAGE_EN
                }
            switch request.call {
            case .question(let question): try fill(&message, question)
            case .queue(let question): try fill(&message, question)
            case .watchBoard(let office, let seen):
                message.call_case = KEZEK__V1__REQUEST__CALL_BOARD
                message.board = try board(office, seen: seen, watch: true)
            case .command(let id, let command):
                message.request_id = try requestID(id)
                try fill(&message, command)
            case .applications(let question): try fill(&message, question)
            case .watchWorkingList(let question):
                message.call_case = KEZEK__V1__REQUEST__CALL_WORKING_LIST
                message.working_list = try workingList(question, watch: true)
            case .applicationCommand(let id, let command):
                message.request_id = try requestID(id)
                try fill(&message, command)
            case .decree(let id, let command):
                message.request_id = try requestID(id)
                try fill(&message, command)
            case .forgetApplicant(let id, let name):
                message.request_id = try requestID(id)
                message.call_case = KEZEK__V1__REQUEST__CALL_FORGET_APPLICANT
                message.forget_applicant = try forgotten(name)
            case .acceptClock(let id):
                message.request_id = try requestID(id)
                message.call_case = KEZEK__V1__REQUEST__CALL_ACCEPT_CLOCK
                message.accept_clock = try self.message(
                    kezek__v1__accept_clock_request__init
                ) { _ in }
            case .visits(let question): try fill(&message, question)
            case .watchVisitPlan(let area, let since):
                message.call_case = KEZEK__V1__REQUEST__CALL_WATCH_VISIT_PLAN
                message.watch_visit_plan = try visitPlanWatch(area, since: since)
            case .visitCommand(let id, let command):
                message.request_id = try requestID(id)
                try fill(&message, command)
            case .health(let watch):
                message.call_case = KEZEK__V1__REQUEST__CALL_HEALTH
                message.health = try self.message(kezek__v1__health_request__init) {
                    $0.watch = watch ? 1 : 0
                }
            case .describe:
                message.call_case = KEZEK__V1__REQUEST__CALL_DESCRIBE
                message.describe = try self.message(kezek__v1__describe_request__init)
            case .stats:
                message.call_case = KEZEK__V1__REQUEST__CALL_STATS
                message.stats = try self.message(kezek__v1__stats_request__init)
            case .endWatch(let request):
                message.call_case = KEZEK__V1__REQUEST__CALL_END_WATCH
                message.end_watch = try self.message(kezek__v1__end_watch_request__init) {
                    $0.request = request
                }
            case .authenticate(let token):
                message.call_case = KEZEK__V1__REQUEST__CALL_AUTHENTICATE
                message.authenticate = try self.message(kezek__v1__authenticate_request__init) {
                    (inner) throws(Full) in inner.token = try secret(token)
                }
            }
        }
    }

    private func fill(
        _ message: inout Kezek__V1__Request, _ question: Question
    ) throws(Full) {
        switch question {
        case .dueDate(let question):
            message.call_case = KEZEK__V1__REQUEST__CALL_DUE_DATE
            message.due_date = try dueDate(question)
        case .dueDates(let question):
            message.call_case = KEZEK__V1__REQUEST__CALL_DUE_DATES
            message.due_dates = try dueDates(question)
        case .latestStart(let question):
            message.call_case = KEZEK__V1__REQUEST__CALL_LATEST_START
            message.latest_start = try latestStart(question)
        case .timeLeft(let question):
            message.call_case = KEZEK__V1__REQUEST__CALL_TIME_LEFT
            message.time_left = try timeLeft(question)
        case .workingTime(let question):
            message.call_case = KEZEK__V1__REQUEST__CALL_WORKING_TIME
            message.working_time = try workingTime(question)
        case .officeHours(let question):
            message.call_case = KEZEK__V1__REQUEST__CALL_OFFICE_HOURS
            message.office_hours = try officeHours(question)
        case .standards:
            message.call_case = KEZEK__V1__REQUEST__CALL_STANDARDS
            message.standards = try self.message(kezek__v1__standards_request__init)
        case .addWorkingDays(let question):
            message.call_case = KEZEK__V1__REQUEST__CALL_ADD_WORKING_DAYS
            message.add_working_days = try add(question)
        case .countWorkingDays(let question):
            message.call_case = KEZEK__V1__REQUEST__CALL_COUNT_WORKING_DAYS
            message.count_working_days = try count(question)
        case .calendarDays(let question):
            message.call_case = KEZEK__V1__REQUEST__CALL_CALENDAR_DAYS
            message.calendar_days = try days(question)
        case .balance(let question):
            message.call_case = KEZEK__V1__REQUEST__CALL_BALANCE
            message.balance = try balance(question)
        case .calendarChanges(let question):
            message.call_case = KEZEK__V1__REQUEST__CALL_CALENDAR_CHANGES
            message.calendar_changes = try changes(question)
        }
    }
}
