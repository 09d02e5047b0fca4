// SPDX-License-Identifier: Apache-2.0

import Foundation
import Texts

/// What is shown on a terminal: colours only where there is one.
enum Terminal {
    static let isColoured: Bool = {
        let environment = ProcessInfo.processInfo.environment
        return isatty(STDOUT_FILENO) == 1 && environment["NO_COLOR"] == nil
            && environment["TERM"] != "dumb"
    }()

    /// Whether output goes to a terminal on which a picture can be drawn anew.
    static let isScreen =
        isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"

    /// How many characters fit on a line of output; 100 where there is no terminal.
    static let width: Int = {
        var size = winsize()
        guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0,
            size.ws_col > 0
        else { return 100 }
        return max(40, Int(size.ws_col))
    }()

    /// Whether messages go to a terminal, so that progress can be shown there.
    static let showsProgress = isatty(STDERR_FILENO) == 1

    enum Style: String {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case magenta = "35"
        case reversed = "7"
    }

    static func styled(_ text: String, _ styles: Style...) -> String {
        guard isColoured, !styles.isEmpty else { return text }
        return "\u{1B}[\(styles.map(\.rawValue).joined(separator: ";"))m\(text)\u{1B}[0m"
    }

    static func complain(_ message: String) { writeError("kezek: \(message)\n") }

    /// Something that whoever reads the answer should know: it is told in words, with `--json` as an object on
    /// a line of its own.
    static func note(_ note: Phrase) {
        let told: Phrase = "note: \(note)"
        tell(Manner.current.isJSON ? note : told)
    }

    /// What came of a command beside its answer; an object on a line with `--json`.
    static func tell(_ words: Phrase) {
        let text = words[Manner.current.language]
        guard Manner.current.isJSON else { return complain(text) }
        writeError(((try? JSONText.make(["note": text], pretty: false)) ?? text) + "\n")
    }

    static func writeError(_ text: String) { _ = write(Array(text.utf8), to: STDERR_FILENO) }

    /// Writes to standard output; a reader that has gone away ends the program quietly.
    static func write(_ text: String) throws {
        let code = write(Array(text.utf8), to: STDOUT_FILENO)
        if code == EPIPE { exit(EXIT_SUCCESS) }
        guard code == 0 else {
            throw CommandFailure(
                "the answer cannot be written to standard output: \(ErrorWords.system(code))")
        }
    }

    /// Writes a line to standard output.
    static func line(_ text: String) throws { try write(text + "\n") }

    static func lines(_ lines: [String]) throws { try line(lines.joined(separator: "\n")) }

    /// Writes all of these bytes.
    ///
    /// - Returns: the system's number of what is in the way; 0 for nothing.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress, $0.count)
            }
            guard count < 0 else {
                rest = rest.dropFirst(count)
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                // Somebody else has made it one that does not wait.
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&ready, 1, -1)
            case let code: return code
            }
        }
        return 0
    }
}

/// JSON as this program prints it: keys in order, slashes and letters as they are.
enum JSONText {
    static func make(_ value: some Encodable, pretty: Bool = true) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting =
            pretty
            ? [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            : [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func print(_ value: some Encodable) throws {
        try Terminal.write(try make(value) + "\n")
    }
}

/// An object of JSON that one command alone prints, with its keys where its values are; what is nil is left out.
struct JSONObject: Encodable, ExpressibleByDictionaryLiteral {
    private let members: [(key: String, value: (any Encodable)?)]

    init(dictionaryLiteral members: (String, (any Encodable)?)...) {
        self.members = members.map { ($0, $1) }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        for (key, value) in members {
            if let value { try container.encode(value, forKey: Name(stringValue: key)) }
        }
    }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

extension String {
    /// The text with spaces behind it up to a width in characters.
    func padded(_ width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }

    /// The words of the text on lines of so many characters; all lines but the first are set in.
    ///
    /// A word that is longer has a line of its own.
    func wrapped(_ width: Int, indent: Int = 0) -> [String] {
        let margin = String(repeating: " ", count: indent)
        var (lines, line) = ([String](), "")
        for word in split(separator: " ") {
            let isFirst = line.isEmpty || line == margin
            if !isFirst, line.count + 1 + word.count > width {
                lines.append(line)
                line = margin + word
            } else {
                line += (isFirst ? "" : " ") + word
            }
        }
        return lines + [line]
    }

    /// The text up to its last character that is not a space.
    var withoutTrailingSpaces: String {
        String(self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)])
    }

    /// The text with spaces before it up to a width in characters.
    func leftPadded(_ width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}
