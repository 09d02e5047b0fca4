// SPDX-License-Identifier: Apache-2.0
//
// Messages to JSON and back, a line each, for `referee.py`; and how fast that is.
//
//     ProtoJSON          reads `to-json MESSAGE HEX` and `to-wire MESSAGE HEX`, writes `ok HEX` or `no …`
//     ProtoJSON bench    reads the same, then does all of them again and again, and tells bytes a second

import KezekProtoJSON

let limits = JSONLimits(bytesIn: 1 << 26, bytesOut: 1 << 28, values: 1 << 24)

struct Task {
    let isToJSON: Bool
    let type: MessageType
    let bytes: [UInt8]

    init?(_ line: String) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 3, let type = MessageType(words[1]) else { return nil }
        isToJSON = words[0] == "to-json"
        self.type = type
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in words[2].utf8 {
            let value = digit < 58 ? digit - 48 : digit - 87
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        self.bytes = bytes
    }

    func run() -> Result<[UInt8], JSONFault> {
        do throws(JSONFault) {
            guard isToJSON else {
                return .success(try JSONCodec.message(type, json: bytes, limits: limits))
            }
            do throws(JSONProblem) {
                return .success(try JSONCodec.json(type, message: bytes, limits: limits))
            } catch { throw JSONFault(path: "", offset: 0, problem: error) }
        } catch { return .failure(error) }
    }
}

func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
        decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}

func bench(_ tasks: [Task]) {
    for isToJSON in [true, false] {
        let chosen = tasks.filter { $0.isToJSON == isToJSON }
        guard !chosen.isEmpty else { continue }
        // What counts is the text, on either side.
        var text = 0
        for task in chosen {
            if case .success(let bytes) = task.run() {
                text += isToJSON ? bytes.count : task.bytes.count
            }
        }
        let rounds = max(1, 100_000_000 / max(1, text))
        let time = ContinuousClock().measure {
            for _ in 0..<rounds { for task in chosen { _ = task.run() } }
        }
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        let speed = Int(Double(text) * Double(rounds) / seconds / 1e6)
        print("\(isToJSON ? "to JSON" : "from JSON"): \(speed) MB/s")
    }
}

var tasks: [Task] = []
let isBench = CommandLine.arguments.contains("bench")
while let line = readLine() {
    guard let task = Task(line) else { fatalError("no task: \(line.prefix(80))") }
    guard !isBench else {
        tasks.append(task)
        continue
    }
    switch task.run() {
    case .success(let bytes): print("ok \(hexadecimal(bytes))")
    case .failure(let fault): print("no \(String(reflecting: fault.path)) \(fault.problem)")
    }
}
if isBench { bench(tasks) }
