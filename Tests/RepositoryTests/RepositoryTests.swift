// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// The repository tests its own shape.
@Suite struct RepositoryTests {
    /// A Swift source with its path below the repository.
    struct Source {
        let path: String
        let text: String

        /// Module, as the folder below `Sources` or `Tests` has it.
        var module: String { String(path.split(separator: "/")[1]) }

        var imports: Set<String> {
            Set(
                text.split(separator: "\n").compactMap { line in
                    // Most lines are told apart by a letter; a pattern takes long.
                    guard let first = line.utf8.first, "@ip".utf8.contains(first),
                        line.contains("import ")
                    else { return nil }
                    return line.firstMatch(
                        of:
                            /^(?:@testable |public |internal |package |@preconcurrency )*import (?:struct |class |enum |func )?(\w+)/
                    ).map { String($0.1) }
                })
        }
    }

    private func sources(_ folder: String) throws -> [Source] {
        let root = Repository.root
        let names = try FileManager.default.subpathsOfDirectory(
            atPath: root.appendingPathComponent(folder).path)
        let found = try names.filter { $0.hasSuffix(".swift") }.map {
            Source(path: "\(folder)/\($0)", text: try Repository.text("\(folder)/\($0)"))
        }
        #expect(!found.isEmpty)
        return found
    }

    /// The targets of `Package.swift` with what they may import.
    private func table() throws -> [String: Set<String>] {
        let text = try Repository.text("Package.swift")
        var table: [String: Set<String>] = [:]
        // A target's entry begins with its kind; its dependencies are every name behind it.
        for part in text.split(
            separator: /\.(?:target|executableTarget|testTarget|systemLibrary)\(/
        )
        .dropFirst() {
            guard let name = part.firstMatch(of: /^\s*name: "(\w+)"/) else { continue }
            let entry = part.prefix { $0 != "\u{0}" }
            let end = entry.range(of: "\n]")?.lowerBound ?? entry.endIndex
            var names: Set<String> = []
            let body = entry[..<end]
            if let list = body.firstMatch(of: /dependencies: \[([\s\S]*)\]/) {
                for product in list.1.matches(of: /product\(name: "(\w+)"/) {
                    names.insert(String(product.1))
                }
                let plain = list.1.replacing(/\.product\([^)]*\)/, with: "")
                for name in plain.matches(of: /"(\w+)"/) { names.insert(String(name.1)) }
            }
            table[String(name.1)] = names
        }
        #expect(table.count > 15)
        return table
    }

    private static let domain: Set<String> = [
        "Clocks", "CallLimits", "Visits", "VisitChecking", "HomeVisits",
        "CivilTime", "Parties", "Access", "Texts", "WorkingDays", "Deadlines", "ServiceStandards",
        "Journal",
        "Queue", "Enquiries", "Applications",
    ]
    /// What the standard library brings along without being named in the table.
    private static let system: Set<String> = [
        "CoreFoundation", "Dispatch", "Foundation", "Glibc", "Synchronization", "Testing",
    ]

    @Test func everyImportIsInTheTableAndEveryEntryIsImported() throws {
        let table = try table()
        var used: [String: Set<String>] = [:]
        for source in try sources("Sources") + sources("Tests") {
            let allowed = try #require(table[source.module], "\(source.path)")
            let foreign = source.imports.subtracting(allowed).subtracting(Self.system)
            #expect(foreign == [], "\(source.path)")
            used[source.module, default: []].formUnion(source.imports)
        }
        for (module, names) in table {
            // C targets have no imports; a program's tests need it built.
            guard let imports = used[module], module != "CommandLineTests" else { continue }
            #expect(names.subtracting(imports) == [], "\(module) declares but does not import")
        }
    }

    @Test func theModulesFormALadder() throws {
        var left = try table()
        var done: Set<String> = []
        while !left.isEmpty {
            let next = left.filter { $0.value.intersection(left.keys).isEmpty }.keys
            #expect(!next.isEmpty, "a circle among \(left.keys.sorted())")
            guard !next.isEmpty else { return }
            done.formUnion(next)
            for name in next { left[name] = nil }
        }
    }

    @Test func theDomainIsPure() throws {
        let banned = [
            "async", "await", "Foundation", "Glibc", "NIO", "random(", "shuffled", "print(",
            "ContinuousClock", "SystemClock", "Task", "fatalError", "@unchecked",
        ]
        for source in try sources("Sources") where Self.domain.contains(source.module) {
            #expect(source.imports.isDisjoint(with: Self.system), "\(source.path)")
            let code = source.text.split(separator: "\n").filter {
                !$0.drop(while: \.isWhitespace).hasPrefix("//")
            }.joined(separator: "\n")
            // The compiled tables of a routing problem are memory that is written once, before
            // anybody else knows it.
            let isCompiled = ["ProblemTables", "WayTables"].contains {
                source.path.hasSuffix("Visits/Problem/\($0).swift")
            }
            for word in banned where !(isCompiled && word == "@unchecked") {
                // A word that is nowhere needs no pattern, which takes long.
                let isThere =
                    try code.range(of: word) != nil
                    && code.firstMatch(
                        of: Regex("\\b\(NSRegularExpression.escapedPattern(for: word))")) != nil
                #expect(!isThere, "\(source.path) has '\(word)'")
            }
        }
    }

    /// One module asks the system about files, and has no Foundation.
    ///
    /// Where a module is compiled as a whole, as for a release, the name `stat` is CoreFoundation's if one of its
    /// files has Foundation, and a debug build does not show it.
    @Test func oneModuleAsksTheSystemAboutFiles() throws {
        for source in try sources("Sources") {
            let asks = source.text.contains(/\b[lf]?stat(?:vfs)?\(/)
            #expect(!asks || source.module == "KezekDisk", "\(source.path)")
            if source.module == "KezekDisk" {
                #expect(source.imports == ["Glibc"], "\(source.path)")
            }
        }
    }

    /// What is said to stop a threat is shown by a test that is there.
    @Test func theThreatsNameTheirTests() throws {
        var tests: Set<String> = []
        for source in try sources("Tests") {
            for suite in source.text.split(separator: "@Suite").dropFirst() {
                guard let name = suite.firstMatch(of: /struct (\w+)/)?.1 else { continue }
                for test in suite.matches(of: /func (\w+)\(/) { tests.insert("\(name).\(test.1)") }
            }
        }
        let named = try Repository.text("Docs/Threats.md").matches(of: /`(\w+Tests\.\w+)`/)
            .map { String($0.1) }
        #expect(named.count > 30)
        for test in named { #expect(tests.contains(test), "\(test)") }
    }

    /// Foundation's `Process` waits without end, and reads beyond its list of open files where there are many;
    /// `StartedProgram` has a limit.
    @Test func testsStartProgramsByStartedProgram() throws {
        for source in try sources("Tests") {
            #expect(source.text.firstMatch(of: /\bProcess\(\)[\n.;]/) == nil, "\(source.path)")
        }
    }

    @Test func filesAreShort() throws {
        for source in try sources("Sources") + sources("Tests") + sources("Fuzz/Sources") {
            // What is generated is read where it comes from.
            if source.path.contains("/Generated/") { continue }
            let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false).count
            #expect(lines <= 450, "\(source.path) has \(lines) lines: split it by idea")
        }
    }

    @Test func everySourceNamesItsLicence() throws {
        for source in try sources("Sources") + sources("Tests") + sources("Fuzz/Sources") {
            #expect(
                source.text.hasPrefix("// SPDX-License-Identifier: Apache-2.0\n"), "\(source.path)")
        }
    }

    /// What the fuzzer starts from stays small enough to be read at every run, and every target has
    /// something.
    @Test func theFuzzersCorpusIsSmall() throws {
        let root = Repository.root.appendingPathComponent("Fuzz/Corpus")
        let targets = try Repository.text("Fuzz/Sources/KezekFuzz/FuzzTarget.swift")
            .matches(of: /case \.(\w+): \w+Attempts/).map { String($0.1) }
        #expect(targets.count > 10)
        #expect(
            try Set(FileManager.default.contentsOfDirectory(atPath: root.path)) == Set(targets))
        var size = 0
        for target in targets {
            let folder = root.appendingPathComponent(target)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(!names.isEmpty, "\(target)")
            for name in names {
                size += try Data(contentsOf: folder.appendingPathComponent(name)).count
            }
        }
        #expect(size <= 500_000)
    }

    @Test func noTypeBearsItsModulesName() throws {
        let table = try table()
        for source in try sources("Sources") {
            for type in source.text.matches(of: /(?:struct|class|enum|actor|protocol) (\w+)/) {
                #expect(table[String(type.1)] == nil, "\(source.path): \(type.1)")
            }
        }
    }

    /// The committed C code is what the .proto files give.
    ///
    /// Needs protoc and protoc-c.
    @Test func generatedCodeIsUpToDate() async throws {
        let run = try await Run.of("sh", "Protos/generate.sh", "--check")
        #expect(run.status == 0, "\(run.output)\(run.errors)")
    }

    /// The documents below a folder, without those of builds, which have more files than all else.
    private static func documents(in folder: String) -> [String] {
        let path = Repository.root.appendingPathComponent(folder).path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
            let inner = folder.isEmpty ? name : "\(folder)/\(name)"
            return name.hasSuffix(".md") ? [inner] : documents(in: inner)
        }
    }

    /// A link between documents that leads nowhere misleads.
    @Test func linksInDocumentsLeadSomewhere() throws {
        let documents = Self.documents(in: "")
        #expect(documents.contains("README.md"))
        for document in documents {
            let folder = Repository.root.appendingPathComponent(document)
                .deletingLastPathComponent()
            for link in try Repository.text(document).matches(of: /\]\(([^)#:]+)(?:#[^)]*)?\)/) {
                let target = folder.appendingPathComponent(String(link.1)).path
                #expect(FileManager.default.fileExists(atPath: target), "\(document): \(link.1)")
            }
        }
    }

    /// What a release holds has what its pages lead to; those for who builds the program lead to its sources.
    @Test func pagesOfAReleaseLeadToWhatIsInIt() throws {
        let pack = try Repository.text("Release/pack")
        let line = try #require(pack.firstMatch(of: /\ncontents="([^"]+)"\n/))
        let packed = line.1.split(separator: " ").map(String.init)
        #expect(packed.contains("Protos"))
        let builders = ["Docs/Architecture.md", "Docs/Threats.md", "Docs/Trying.md"]
        for document in Self.documents(in: "") {
            guard packed.contains(where: { document == $0 || document.hasPrefix($0 + "/") }),
                !builders.contains(document), !document.hasPrefix("Docs/Decisions/")
            else { continue }
            let folder = Repository.root.appendingPathComponent(document)
                .deletingLastPathComponent()
            for link in try Repository.text(document).matches(of: /\]\(([^)#:]+)(?:#[^)]*)?\)/) {
                let target = folder.appendingPathComponent(String(link.1)).standardizedFileURL.path
                    .dropFirst(Repository.root.standardizedFileURL.path.count + 1)
                let isPacked = packed.contains { target == $0 || target.hasPrefix($0 + "/") }
                #expect(isPacked, "\(document): \(link.1)")
            }
        }
    }

    /// Every reason and call of the wire stands in its document, and every wire number in the code.
    @Test func theProtocolsDocumentIsComplete() throws {
        let document = try Repository.text("Docs/Protocol.md")
        let envelope = try Repository.text("Protos/kezek/v1/envelope.proto")
        let reasons = envelope.matches(of: /(REASON_[A-Z0-9_]+) = (\d+)(?:;| \[)/)
        #expect(reasons.count > 15)
        for reason in reasons where reason.1 != "REASON_UNSPECIFIED" {
            #expect(document.contains(String(reason.1)), "\(reason.1)")
        }
        for call in envelope.matches(of: /\w+Request (\w+) = \d+;/) {
            #expect(document.contains("`\(call.1)`"), "\(call.1)")
        }
    }
}
