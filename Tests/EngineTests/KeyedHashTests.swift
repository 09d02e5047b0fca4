// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import KezekEngine

/// The keyed hash by the vectors of RFC 4231: the first 24 bytes of HMAC-SHA-256.
struct KeyedHashTests {
    struct Vector: Sendable {
        let key: [UInt8]
        let data: [UInt8]
        let numbers: [UInt64]
    }

    @Test(arguments: [
        Vector(
            key: Array(repeating: 0x0b, count: 20), data: Array("Hi There".utf8),
            numbers: [0xb034_4c61_d8db_3853, 0x5ca8_afce_af0b_f12b, 0x881d_c200_c983_3da7]),
        Vector(
            key: Array("Jefe".utf8), data: Array("what do ya want for nothing?".utf8),
            numbers: [0x5bdc_c146_bf60_754e, 0x6a04_2426_0895_75c7, 0x5a00_3f08_9d27_3983]),
        Vector(
            key: Array(repeating: 0xaa, count: 20), data: Array(repeating: 0xdd, count: 50),
            numbers: [0x773e_a91e_3680_0e46, 0x854d_b8eb_d091_81a7, 0x2959_098b_3ef8_c122]),
    ])
    func aNameHasTheCodeOfTheStandard(_ vector: Vector) {
        let hash = vector.key.withUnsafeBytes { KeyedHash($0) }
        // What has taken the key in is used again and again.
        for _ in 0..<2 {
            let numbers = vector.data.withUnsafeBytes { hash.numbers(of: $0) }
            #expect([numbers.0, numbers.1, numbers.2] == vector.numbers)
        }
    }
}
