// SPDX-License-Identifier: Apache-2.0

/// A fault that is there on purpose: whoever finds it has both coverage and the address sanitizer.
///
/// Without coverage no input gets as far, and without the sanitizer nothing is seen there.
enum Canary {
    nonisolated(unsafe) private static var seen: UInt8 = 0

    static func attempt(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 8 else { return }
        for (byte, letter) in zip(bytes, "kezek".utf8) where byte != letter { return }
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: 8)
        defer { memory.deallocate() }
        memory.initialize(repeating: bytes[7], count: 8)
        // One byte beyond the end.
        seen &+= memory[bytes.count]
    }
}
