// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CallLimits
import CivilTime
import Enquiries
import Journal
import Parties
import Queue
import TestKit
import Testing
import Texts

@testable import KezekWire

/// What is particular to the queue's calls; that all come back as they were, `RoundTripTests` show.
@Suite struct QueueWireTests {
    private let arena = Arena(limit: CallLimit.decodedRequestBytes)

    private func decode(_ bytes: [UInt8]) -> RequestCodec.Decoded {
        arena.reset()
        return bytes.withUnsafeBytes { RequestCodec.decode($0, arena) }
    }

    private func refusal(_ bytes: [UInt8]) -> Refusal? {
        guard case .refused(_, let refusal) = decode(bytes) else { return nil }
        return refusal
    }

    /// A call in English with the request id of a command.
    private func call(_ field: UInt8, _ message: [UInt8], id: [UInt8]? = nil) -> [UInt8] {
        number(1, 7) + number(3, 3) + nested(4, id ?? Array(1...16)) + nested(field, message)
    }

    private func booking(
        _ office: String = "astana-1", day: Int32 = 20_531, number bookingNumber: UInt64 = 17
    ) -> [UInt8] {
        nested(1, office) + number(2, zigzag(day)) + number(3, bookingNumber)
    }

    private func hold(
        office: String = "astana-1", service: String = "acceptance", day: Int32 = 20_531,
        second: UInt64 = 33_600, channel: UInt64 = 1, applicant: [UInt8]? = nil
    ) -> [UInt8] {
        nested(1, office) + nested(2, service) + number(3, zigzag(day)) + number(4, second)
            + number(5, channel) + (applicant ?? nested(6, "900101300017"))
    }

    @Test func theHandMadeHoldIsUnderstood() throws {
        guard case .request(let request, _) = decode(call(60, hold())) else {
            Issue.record("refused")
            return
        }
        let id = RequestID(high: 0x0102_0304_0506_0708, low: 0x090A_0B0C_0D0E_0F10)
        #expect(
            request.call
                == .command(
                    id,
                    .hold(
                        HoldCommand(
                            office: QueueExamples.office, service: QueueExamples.acceptance,
                            date: QueueExamples.day, start: TimeOfDay("09:20")!, channel: .portal,
                            applicant: .iin(IIN("900101300017")!)))))
    }

    @Test func eachWrongFieldIsNamed() {
        let window = nested(1, "astana-1") + nested(2, "1")
        let slots = nested(1, "astana-1") + nested(2, "acceptance") + number(3, 1)
        let lease = nested(1, "astana-1") + nested(2, "acceptance")
        let ticket = nested(1, "astana-1") + nested(2, "A-017")
        let cases: [([UInt8], Refusal.Reason, String?)] = [
            (call(60, hold(), id: []), .invalidField, "request_id"),
            (call(60, hold(), id: Array(1...15)), .invalidField, "request_id"),
            (call(60, hold(), id: Array(1...17)), .invalidField, "request_id"),
            (call(69, window, id: []), .invalidField, "request_id"),
            (call(60, hold(office: "Astana")), .invalidField, "office"),
            (call(60, hold(office: "")), .invalidField, "office"),
            (call(60, hold(service: "a b")), .invalidField, "service"),
            (call(60, hold(day: .max)), .dateOutOfRange, "day"),
            (call(60, hold(second: 86_400)), .invalidField, "start_second"),
            (call(60, hold(channel: 0)), .invalidField, "channel"),
            (call(60, hold(channel: 4)), .invalidField, "channel"),
            (call(60, hold(channel: 257)), .invalidField, "channel"),
            (call(60, hold(channel: .max)), .invalidField, "channel"),
            (call(60, hold(applicant: [])), .invalidField, "iin"),
            (call(60, hold(applicant: nested(6, "900101300018"))), .invalidField, "iin"),
            (call(60, hold(applicant: nested(6, ""))), .invalidField, "iin"),
            (call(60, hold(applicant: nested(7, ""))), .invalidField, "reference"),
            (
                call(60, hold(applicant: nested(7, Array(repeating: 97, count: 65)))),
                .invalidField, "reference"
            ),
            (call(60, hold(applicant: nested(7, [0xFF]))), .textNotUTF8, "reference"),
            (call(61, []), .invalidField, "booking"),
            (call(61, nested(1, booking(number: 0))), .invalidField, "booking.number"),
            (call(62, nested(1, booking("-" + "A"))), .invalidField, "booking.office"),
            (call(64, nested(1, booking(day: .min))), .dateOutOfRange, "booking.day"),
            (call(63, nested(1, booking())), .invalidField, "by"),
            (call(63, nested(1, booking()) + number(2, 3)), .invalidField, "by"),
            (
                call(
                    63,
                    nested(1, booking()) + number(2, 1)
                        + nested(3, Array(repeating: 97, count: 501))), .invalidField, "reason"
            ),
            (call(65, nested(1, booking()) + number(3, 90_000)), .invalidField, "start_second"),
            (call(67, lease + nested(4, "k")), .invalidField, "count"),
            (call(67, lease + number(3, 201) + nested(4, "k")), .invalidField, "count"),
            (call(67, lease + number(3, 1)), .invalidField, "kiosk"),
            (
                call(68, Array(repeating: nested(3, number(1, 1)), count: 201).flatMap { $0 }),
                .invalidField, "tickets"
            ),
            (
                call(68, nested(1, "astana-1") + nested(3, number(1, 65_537))), .invalidField,
                "tickets[0].number"
            ),
            (call(69, nested(1, "astana-1") + nested(2, "window-12")), .invalidField, "window"),
            (call(75, nested(1, "astana-1") + nested(2, "A-0")), .invalidField, "ticket"),
            (call(80, ticket + nested(3, "?")), .invalidField, "service"),
            (call(80, ticket + nested(4, "?")), .invalidField, "window"),
            (call(81, ticket), .invalidField, "outcome"),
            (call(81, ticket + number(3, 5)), .invalidField, "outcome"),
            (call(82, []), .invalidField, "put"),
            (call(82, nested(2, nested(1, "astana-1"))), .invalidField, "close.closure"),
            (call(82, nested(1, [])), .invalidField, "put.rules"),
            (call(42, slots + number(4, 20) + number(5, 18)), .invalidField, "to_day"),
            (call(42, slots + number(4, 0) + number(5, zigzag(62))), .tooManyRows, "to_day"),
            (
                call(48, nested(1, "astana-1") + number(3, zigzag(366))), .tooManyRows, "to_day"
            ),
            (call(43, slots + nested(4, []) + number(5, 51)), .invalidField, "count"),
            (call(43, slots + number(5, 1)), .invalidField, "from"),
            (call(46, nested(1, "astana-1")), .invalidField, "ticket"),
            (call(46, nested(1, "astana-1") + nested(2, "")), .invalidField, "ticket"),
        ]
        for (bytes, reason, field) in cases {
            let refusal = refusal(bytes)
            #expect(refusal?.reason == reason, "\(String(describing: field)) \(bytes.prefix(60))")
            #expect(refusal?.field == field, "\(bytes.prefix(60))")
            #expect(refusal?.message.isEmpty == false)
        }
    }

    @Test(arguments: [
        "900101300018", "123456789012", "90010130001", "9001013000177", "90010130001x",
        "٩٠٠١٠١٣٠٠٠١٧",
    ])
    func aRefusalNeverRepeatsAnIIN(iin: String) throws {
        let refusal = try #require(self.refusal(call(60, hold(applicant: nested(6, iin)))))
        #expect(refusal.field == "iin")
        #expect(!refusal.message.contains(iin))
    }

    @Test func questionsNeedNoRequestID() {
        let bytes = number(1, 7) + nested(41, nested(1, "astana-1"))
        guard case .request(let request, _) = decode(bytes) else {
            Issue.record("refused")
            return
        }
        #expect(request.call == .queue(.office(QueueExamples.office)))
    }

    @Test func ticketsAreUnderstoodAsPeopleTypeThem() {
        for text in ["A-017", "A-17", "a17"] {
            let bytes = call(75, nested(1, "astana-1") + nested(2, text))
            guard case .request(let request, _) = decode(bytes) else {
                Issue.record("\(text) refused")
                continue
            }
            let command = QueueCommand.today(
                QueueExamples.office, .recall(QueueExamples.label))
            guard case .command(_, command) = request.call else {
                Issue.record("\(text)")
                continue
            }
        }
    }

    @Test func aTicketIsWrittenAsItIsPrinted() throws {
        let writer = WireWriter(arena: arena)
        for number in [1, 9, 10, 99, 100, 999, 1_000, 9_999] {
            for letter in [UInt8(ascii: "A"), UInt8(ascii: "Z")] {
                let label = try #require(TicketLabel(letter: letter, number: number))
                let data = try writer.label(label)
                let bytes = UnsafeBufferPointer(start: data.data, count: data.len)
                #expect(String(decoding: bytes, as: UTF8.self) == label.description)
            }
        }
    }

    @Test func dayCommandsThatNameNoDateDoNotTravel() {
        let applicant = Applicant(high: 1, low: 2)
        let commands: [DayCommand] = [
            .hold(
                service: QueueExamples.issue, start: 0, channel: .portal, applicant: applicant),
            .confirm(1), .release(1), .cancel(1, by: .office, reason: ""), .arrive(1),
        ]
        for command in commands {
            let request = WireRequest(
                id: 1, deadlineMilliseconds: 0, language: .kk,
                call: .command(QueueExamples.request, .today(QueueExamples.office, command)))
            #expect(RequestCodec.encode(request, arena) == nil)
        }
    }

    /// The numbers and names on the wire are those of the code.
    @Test func everyEnumHasTheNumbersOfTheCode() {
        func check<Value: CaseIterable & RawRepresentable<UInt8>>(
            _ type: Value.Type, _ descriptor: ProtobufCEnumDescriptor, _ prefix: String,
            zero: String = "UNSPECIFIED"
        ) {
            var expected = ["\(prefix)_\(zero)": 0]
            for value in Value.allCases {
                expected["\(prefix)_\(screaming("\(value)"))"] = Int(value.rawValue)
            }
            var found: [String: Int] = [:]
            for index in 0..<Int(descriptor.n_values) {
                let value = descriptor.values[index]
                found[String(cString: value.name)] = Int(value.value)
            }
            #expect(found == expected)
        }
        check(BookingChannel.self, kezek__v1__booking_channel__descriptor, "BOOKING_CHANNEL")
        check(Booking.State.self, kezek__v1__booking_state__descriptor, "BOOKING_STATE")
        check(Ticket.State.self, kezek__v1__ticket_state__descriptor, "TICKET_STATE")
        check(Outcome.self, kezek__v1__ticket_outcome__descriptor, "TICKET_OUTCOME")
        check(WindowStatus.State.self, kezek__v1__window_state__descriptor, "WINDOW_STATE")
        check(Canceller.self, kezek__v1__canceller__descriptor, "CANCELLER")
        check(
            Breach.Kind.self, kezek__v1__queue_stats_reply__breach_kind__descriptor, "BREACH_KIND")
        check(
            OfficeTerms.Policy.self, kezek__journal__v1__plan__policy__descriptor, "POLICY")
        check(Refusal.Reason.self, kezek__v1__reason__descriptor, "REASON")
        check(Refusal.Code.self, kezek__v1__code__descriptor, "CODE", zero: "OK")
    }

    /// `noShow` as `NO_SHOW`, `notASlot` as `NOT_A_SLOT`.
    private func screaming(_ name: String) -> String {
        let letters = Array(name)
        var result = ""
        for (index, letter) in letters.enumerated() {
            let isWordsFirst =
                index > 0 && letter.isUppercase
                && (!letters[index - 1].isUppercase
                    || (index + 1 < letters.count && letters[index + 1].isLowercase))
            result += (isWordsFirst ? "_" : "") + letter.uppercased()
        }
        return result
    }
}
