// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Parties
import Queue
import TestKit
import Testing

@testable import KezekEngine

/// The secrets of bookings, tickets and visits are the same in every version: links that were given out stay good.
@Suite struct LinkSecretTests {
    private let keys = ApplicantKeys(Array(repeating: 3, count: ApplicantKeys.length))!
    private let now = Timestamp("2026-03-19T05:00Z")!

    /// Worked out by Python's hmac: HKDF-SHA256 of the key with "kezek booking links", then HMAC-SHA256 of
    /// "b" and the booking's name.
    @Test(arguments: [
        ("astana-1/2026-03-19/1", "0716db13a99f2620131c279160f703b3", "723427"),
        ("a/0001-01-01/4294967295", "80917d5b5fc92e23cc1c77bf047d983a", "422511"),
        (
            "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz/9999-12-31/70000",
            "3e7262eb7e9c217e74b27abf5df40cc0", "321885"
        ),
    ])
    func aBookingsSecretIsMadeOfItsName(name: String, secret: String, code: String) throws {
        let booking = try #require(BookingID(name))
        let key = keys.key(of: booking, counterpart: booking)
        #expect(key.secret.description == secret && key.code.description == code)
        #expect(key.counterpart == key.secret)
        #expect(keys.isSecret(key.secret, of: booking, now: now))
        #expect(keys.isCode(key.code, of: booking, now: now))
        let other = BookingSecret(high: key.secret.high, low: key.secret.low ^ 1)
        #expect(!keys.isSecret(other, of: booking, now: now))
    }

    /// The same of "t" and a ticket's name, of "v" and a visit's.
    @Test func ticketsAndVisitsHaveTheirOwn() throws {
        let office = OfficeID("astana-1")!
        let ticket = keys.secret(of: TicketLabel("A-017")!, office, date("2026-03-19"))
        #expect(ticket.description == "014adeceeb4661aeb6f0d79323755b79")
        let visit = keys.secret(of: try #require(HomeVisitID(area: office, number: 42)))
        #expect(visit.description == "c60a4431578637853b47a68bf2d464b9")
    }
}
