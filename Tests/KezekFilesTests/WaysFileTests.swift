// SPDX-License-Identifier: Apache-2.0

import Foundation
import HomeVisits
import KezekFiles
import Parties
import TestKit
import Testing

/// The administrator's file that says where ways are from.
@Suite struct WaysFileTests {
    private func read(_ text: String) throws(FileFaults) -> WaysFile {
        try WaysFile.read(
            text: text, named: "ways.yaml", beside: URL(fileURLWithPath: "/etc/kezek")
        ) { $0.hasPrefix("http://") }
    }

    @Test func theExampleNamesAServerAFileAndAnEstimate() throws {
        let url = Repository.root.appendingPathComponent("Examples/visits/ways.yaml")
        let file = try WaysFile.read(url) { $0.hasPrefix("http://") }
        #expect(
            file[OfficeID("astana-1")!].roads
                == .server("http://127.0.0.1:5000", seconds: 2, places: 100))
        let village = file[OfficeID("astana-2")!]
        guard case .matrix(let matrix) = village.roads else { throw CancellationError() }
        #expect(FileManager.default.fileExists(atPath: matrix.path))
        #expect(village.speedKmh == 50 && village.detour == 1.4 && village.extraMinutes == 3)
        #expect(file[OfficeID("almaty-2")!].roads == .none)
        #expect(file[OfficeID("astana-1")!][.foot].speedKmh == 4.8)
        #expect(file.sections.count == 4)
    }

    @Test func whatIsNotSaidIsAsUsual() throws {
        let file = try read("areas: {a: {osrm: 'http://x', osrm-seconds: 0.5, osrm-places: 10}}")
        #expect(file.usual == WaysFile.Section())
        #expect(file[OfficeID("a")!].roads == .server("http://x", seconds: 0.5, places: 10))
        #expect(file[OfficeID("b")!] == WaysFile.estimates.usual)
        let other = try read("usual: {matrix: m.json, detour: 2}")
        #expect(other[OfficeID("b")!].roads == .matrix(URL(fileURLWithPath: "/etc/kezek/m.json")))
        #expect(other[OfficeID("b")!].detour == 2)
    }

    /// Whoever goes otherwise than by car has nothing of what is said of cars.
    @Test func eachWayOfTravellingHasItsOwnWays() throws {
        let file = try read(
            """
            usual: {speed-kmh: 40, detour: 2, osrm: 'http://x', foot: {osrm: 'http://y'}}
            areas: {a: {bus: {matrix: m.json, extra-minutes: 20}}}
            """)
        let (usual, area) = (file[OfficeID("b")!], file[OfficeID("a")!])
        #expect(usual[.car] == usual)
        #expect(usual[.foot].roads == .server("http://y", seconds: 2, places: 100))
        #expect(
            [usual[.foot].speedKmh, usual[.foot].detour, usual[.foot].extraMinutes] == [
                4.8, 1.3, 0,
            ])
        for profile in [TravelProfile.bicycle, .bus] {
            #expect(usual[profile] == WaysFile.Section(usual: profile))
            #expect(usual[profile].roads == .none)
        }
        #expect(area[.bus].roads == .matrix(URL(fileURLWithPath: "/etc/kezek/m.json")))
        #expect([area[.bus].speedKmh, area[.bus].extraMinutes] == [18, 20])
        #expect(area[.foot] == WaysFile.Section(usual: .foot))
        #expect(file.sections.count == 4)
        #expect(WaysFile.Section(usual: .car) == WaysFile.Section())
    }

    @Test(arguments: [
        (
            "usual: {speed-kmh: 0}",
            "usual.speed-kmh: expected a number from 1.0 to 200.0, found '0'"
        ),
        ("usual: {detour: nan}", "usual.detour: expected a number"),
        ("usual: {extra-minutes: -1}", "usual.extra-minutes: expected a number from 0"),
        ("usual: {speed: 30}", "usual.speed: unknown key 'speed'"),
        ("usual: {osrm: 'https://x'}", "usual.osrm: expected an address as http://"),
        ("usual: {osrm: 'http://x', matrix: m}", "usual.osrm: expected either 'matrix' or 'osrm'"),
        ("usual: {osrm-seconds: 2}", "usual.osrm-seconds: is for a server of roads"),
        ("usual: {matrix: m, osrm-places: 9}", "usual.osrm-places: is for a server of roads"),
        ("usual: {osrm: 'http://x', osrm-seconds: 6}", "usual.osrm-seconds: expected a number"),
        ("usual: {osrm: 'http://x', osrm-places: 1}", "usual.osrm-places: expected a number"),
        ("areas: {Astana: {}}", "areas.Astana: expected the name of an area"),
        ("areas: {a: {detour: 0.5}}", "areas.a.detour: expected a number from 1"),
        ("usual: {foot: {detour: 0}}", "usual.foot.detour: expected a number from 1"),
        ("usual: {foot: {bus: {}}}", "usual.foot.bus: unknown key 'bus'"),
        ("usual: {car: {}}", "usual.car: unknown key 'car'"),
        ("areas: []", "areas: expected a map"), ("roads: {}", "roads: unknown key 'roads'"),
        ("usual", "expected a map"), ("", "is empty"),
    ])
    func whatIsWrongIsToldByField(_ text: String, _ words: String) {
        let faults = #expect(throws: FileFaults.self) { _ = try read(text) }
        #expect(faults?.description.contains(words) == true, "\(faults?.description ?? "")")
    }
}
