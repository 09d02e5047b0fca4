// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What the environment names in `KEZEK_FUZZ_TARGET`; libFuzzer has no place for options of others.
private let chosen: FuzzTarget = {
    let name = getenv("KEZEK_FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
        fail("KEZEK_FUZZ_TARGET is '\(name)': expected one of \(names)")
    }
    return target
}()

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    chosen.attempt(UnsafeRawBufferPointer(start: start, count: count))
    return 0
}

/// Ends the run with a finding.
func fail(_ finding: String) -> Never { fatalError("finding: \(finding)") }

/// A finding unless it holds.
func expect(_ holds: Bool, _ finding: @autoclosure () -> String) {
    if !holds { fail(finding()) }
}
