// SPDX-License-Identifier: Apache-2.0

/// What is fuzzed: a reader of bytes from outside, each with a corpus of its name.
///
/// None may crash, hang or take more memory than the input warrants, whatever the bytes are; and
/// what was understood is written and read again as the same.
enum FuzzTarget: String, CaseIterable {
    case frames, requests, responses, records
    case calendars, decrees, zones, standards, offices, areas, ways, access
    case visits, plans, solomon, matrices
    case tables
    case protojson
    /// No reader, but a fault for `run` to find before all else.
    case canary

    func attempt(_ bytes: UnsafeRawBufferPointer) {
        switch self {
        case .frames: WireAttempts.frames(bytes)
        case .requests: WireAttempts.request(bytes)
        case .responses: WireAttempts.response(bytes)
        case .records: RecordAttempts.record(bytes)
        case .calendars: FileAttempts.calendar(bytes)
        case .decrees: FileAttempts.decree(bytes)
        case .zones: FileAttempts.zones(bytes)
        case .standards: FileAttempts.standard(bytes)
        case .offices: FileAttempts.office(bytes)
        case .areas: FileAttempts.area(bytes)
        case .ways: FileAttempts.ways(bytes)
        case .access: FileAttempts.access(bytes)
        case .visits: VisitAttempts.problem(bytes)
        case .plans: VisitAttempts.plan(bytes)
        case .solomon: VisitAttempts.solomon(bytes)
        case .matrices: VisitAttempts.matrix(bytes)
        case .tables: TableAttempts.table(bytes)
        case .protojson: ProtoJSONAttempts.attempt(bytes)
        case .canary: Canary.attempt(bytes)
        }
    }
}
