// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// What the program is made of is what its documents say.
@Suite struct DependencyTests {
    /// Written by the build that made this test; without it there is nothing to compare with.
    private func resolved() throws -> [String: String] {
        struct Resolved: Decodable {
            struct Pin: Decodable {
                struct State: Decodable { let version: String }
                let identity: String
                let state: State
            }
            let pins: [Pin]
        }
        let data = try Data(contentsOf: Repository.root.appendingPathComponent("Package.resolved"))
        let pins = try JSONDecoder().decode(Resolved.self, from: data).pins
        return Dictionary(uniqueKeysWithValues: pins.map { ($0.identity, $0.state.version) })
    }

    /// What is built with, of what the documents or the manifest name: a package that a trait alone needs is not
    /// fetched without it.
    private func fetched(_ named: [String: String]) throws -> [String: String] {
        let resolved = try resolved()
        let manifest = try Repository.text("Package.swift")
        let optional = Set(
            manifest.matches(of: /package: "([^"]+)", condition: web\)/).map { String($0.1) })
        #expect(!optional.isEmpty)
        return named.filter { resolved[$0.key] != nil || !optional.contains($0.key) }
    }

    @Test func thePageOfDependenciesIsTheResolvedList() throws {
        let resolved = try resolved()
        #expect(resolved.count > 10)
        let page = try Repository.text("Docs/Dependencies.md")
        let rows = page.matches(of: /(?m)^\| `([a-z0-9.-]+)` \| (\d+\.\d+\.\d+) \|/)
        let named = Dictionary(
            rows.map { (String($0.1), String($0.2)) }, uniquingKeysWith: { first, _ in first })
        #expect(rows.count == named.count, "a package stands there twice")
        #expect(try fetched(named) == resolved)
    }

    @Test func everyVersionIsPinned() throws {
        let manifest = try Repository.text("Package.swift")
        let pins = manifest.matches(
            of: /\.package\(url: "[^"]*\/([^"\/]+)", exact: "(\d+\.\d+\.\d+)"\)/)
        let pinned = Dictionary(
            uniqueKeysWithValues: pins.map { pin in
                let name = pin.1.lowercased()
                let identity = name.hasSuffix(".git") ? String(name.dropLast(4)) : name
                return (identity, String(pin.2))
            })
        #expect(try fetched(pinned) == resolved())
        #expect(manifest.matches(of: /\.package\(/).count == pins.count)
    }

    /// The libraries that the program loads, as the bill of materials and the page have them.
    @Test func theLibrariesOfDebianAreTheSameEverywhere() throws {
        let script = try Repository.text("Release/sbom.py")
        let listed = Set(script.matches(of: /\("(lib[a-z0-9+.-]+)", "lib/).map { String($0.1) })
        #expect(listed.count > 3)
        let page = try Repository.text("Docs/Dependencies.md")
        let section = try #require(page.split(separator: "## From Debian").last)
        let table = section.split(separator: "\n").filter { $0.hasPrefix("| `") }
        let named = Set(
            table.flatMap { row in
                let cell = row.split(separator: "|").first ?? ""
                return cell.matches(of: /`(lib[a-z0-9+.-]+)`/).map { String($0.1) }
            })
        #expect(named == listed)
    }
}
