// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The kernel's tables of TCP sockets as text (proc(5), `/proc/net/tcp`), where it cannot be asked for one.
enum SocketTable {
    static func user(of ends: SocketEnds) -> UInt32? {
        for (path, isVersion6) in [("/proc/self/net/tcp", false), ("/proc/self/net/tcp6", true)] {
            // A program may reach IPv4 through a socket of IPv6, never the other way.
            guard isVersion6 || !ends.isVersion6, let file = fopen(path, "re") else { continue }
            defer { fclose(file) }
            let wanted = [
                place(ends.peer, ends.peerPort, isVersion6),
                place(ends.own, ends.ownPort, isVersion6),
            ]
            if let user = user(in: file, wanted) { return user }
        }
        return nil
    }

    private static func user(in file: UnsafeMutablePointer<FILE>, _ wanted: [String]) -> UInt32? {
        var line: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(line) }
        while getline(&line, &capacity, file) > 0 {
            guard let text = line.flatMap({ String(validatingCString: $0) }),
                let user = user(inLine: text, wanted)
            else { continue }
            return user
        }
        return nil
    }

    /// Of a line the second column is where the socket is, the third where it leads, the eighth whose it
    /// is, the tenth its inode.
    static func user(inLine line: String, _ wanted: [String]) -> UInt32? {
        let columns = line.split(whereSeparator: { $0 == " " || $0 == "\n" })
        guard columns.count >= 10, columns[1] == wanted[0], columns[2] == wanted[1],
            columns[9] != "0"
        else { return nil }
        return UInt32(columns[7])
    }

    /// An address and port as the tables write them: each 32 bits in the order of the machine.
    static func place(_ address: [UInt8], _ port: UInt16, _ isVersion6: Bool) -> String {
        let isShort = address.count == 4
        let bytes =
            isVersion6 && isShort
            ? Array(repeating: 0, count: 10) + [0xFF, 0xFF] + address : address
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 4) {
            let word = bytes[start..<start + 4].withUnsafeBytes {
                $0.loadUnaligned(as: UInt32.self)
            }
            text += hexadecimal(word, digits: 8)
        }
        return text + ":" + hexadecimal(UInt32(port), digits: 4)
    }

    private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
