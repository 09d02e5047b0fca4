// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Foundation
import SwiftASN1
import Texts
import X509

/// A host's name or address, as a certificate has it.
struct HostName: ExpressibleByArgument, Hashable {
    let generalName: GeneralName

    /// Nil unless it is an IPv4 or IPv6 address, or a name of letters, digits, hyphens and dots.
    init?(argument text: String) {
        if let address = Self.address(text, AF_INET, 4) ?? Self.address(text, AF_INET6, 16) {
            generalName = .ipAddress(ASN1OctetString(contentBytes: address[...]))
        } else if Self.isName(text) {
            generalName = .dnsName(text.lowercased())
        } else {
            return nil
        }
    }

    private static func address(_ text: String, _ family: Int32, _ size: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: size)
        return inet_pton(family, text, &bytes) == 1 ? bytes : nil
    }

    /// A name by RFC 1123; one whose last part is digits would be an address.
    private static func isName(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 253 && labels.last?.allSatisfy(\.isNumber) == false
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { byte in
                        switch byte {
                        case UInt8(ascii: "a")...UInt8(ascii: "z"),
                            UInt8(ascii: "A")...UInt8(ascii: "Z"),
                            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                            true
                        default: false
                        }
                    }
            }
    }

    /// A name of a certificate for a person.
    static func text(_ name: GeneralName) -> String {
        switch name {
        case .dnsName(let name): name
        case .ipAddress(let bytes): text(Array(bytes.bytes))
        default: "\(name)"
        }
    }

    private static func text(_ address: [UInt8]) -> String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = address.count == 4 ? AF_INET : AF_INET6
        guard address.count == 4 || address.count == 16,
            inet_ntop(family, address, &text, socklen_t(text.count)) != nil
        else { return "an address of \(address.count) bytes" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

/// Files in PEM.
enum PEMText {
    static func read(_ path: String) throws -> String {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw CommandFailure("\(path) cannot be read: \(ErrorWords.system(errno))")
        }
        defer { try? file.close() }
        let data: Data
        do { data = try file.read(upToCount: DevCertificates.sizeLimit + 1) ?? Data() } catch {
            throw CommandFailure.cannotRead(path)
        }
        guard data.count <= DevCertificates.sizeLimit else {
            throw CommandFailure("\(path) is longer than \(DevCertificates.sizeLimit) bytes")
        }
        return String(decoding: data, as: UTF8.self)
    }
}

extension Date {
    /// To the second; times beyond the year 9999 are the last second that has a date.
    var timestamp: Timestamp {
        let latest = Timestamp("9999-12-30T00:00Z")!
        return Timestamp(second: Int64(exactly: timeIntervalSince1970.rounded()) ?? .max) ?? latest
    }
}
