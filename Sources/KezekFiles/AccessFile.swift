// SPDX-License-Identifier: Apache-2.0

public import Access
import CivilTime
public import Foundation
import Journal
import Parties
import Texts

/// Who was let in, in a file that only its owner can read.
///
/// It has the digests of tokens, never the tokens. It is written anew as a whole, so a server that reads it
/// meanwhile sees the old one or the new one, and keeps its owner, group and mode.
public struct AccessFile: Sendable {
    public let url: URL

    public init(url: URL) { self.url = url }

    /// The version that is written: 2 has certificates, rates and connections, 1 had none of them.
    private static let version = 2

    private struct Content: Codable {
        struct Entry: Codable {
            let id: String
            let role: String
            /// Nil for every office.
            let offices: [String]?
            /// Nil in version 1, which had tokens alone.
            let kind: String?
            let digest: String
            let callsPerSecond: Int?
            let connections: Int?
            /// Nil for the usual one.
            let holdPercent: Int?
            let issued: String
            let expires: String
            let revoked: String?
            let note: String
        }

        let version: Int
        let entries: [Entry]
    }

    /// The list in the file.
    ///
    /// - Throws: that there is no file, or what is wrong with it, and with which entry.
    public func read() throws(FileFaults) -> AccessList {
        guard FileManager.default.fileExists(atPath: url.path) else {
            throw Self.fault(
                url.path, "",
                "is not there; put it back. 'kezek access issue --file \(url.path) --role ROLE "
                    + "--office NAME' begins a new one, which lets in nobody of the old one")
        }
        let data: Data
        do { data = try Data(contentsOf: url) } catch {
            throw Self.fault(url.path, "", Unreadable.words(url))
        }
        return try Self.list(in: data, named: url.path)
    }

    /// The list in a file's bytes; faults name the file so.
    static func list(in data: Data, named file: String) throws(FileFaults) -> AccessList {
        func fault(_ field: String, _ problem: Phrase) -> FileFaults {
            Self.fault(file, field, problem)
        }
        let content: Content
        do {
            content = try JSONDecoder().decode(Content.self, from: data)
        } catch let error as DecodingError {
            let found = JSONFault(error)
            throw fault(found.field, "is no access list: \(found.problem)")
        } catch { throw fault("", "is no access list: \(String(describing: error))") }
        if let key = data.withUnsafeBytes({ RepeatedKey(in: $0) }) {
            throw FileFaults(list: [
                FileFault(file: file, line: key.line, field: key.path, problem: "is there twice")
            ])
        }
        guard (1...version).contains(content.version) else {
            throw fault("version", "expected 1 to \(version), found \(content.version)")
        }
        guard content.entries.count <= AccessList.entryLimit else {
            throw fault("entries", "expected at most \(AccessList.entryLimit)")
        }
        var entries: [AccessEntry] = []
        var ids: Set<String> = []
        var credentials: Set<Credential> = []
        for (place, content) in content.entries.enumerated() {
            guard let read = entry(content) else {
                throw fault("entries[\(place)]", "a field has a value that it cannot have")
            }
            guard ids.insert(read.id).inserted, credentials.insert(read.credential).inserted else {
                throw fault("entries[\(place)]", "its id or digest is another entry's too")
            }
            entries.append(read)
        }
        return AccessList(entries: entries)
    }

    private static func fault(_ file: String, _ field: String, _ problem: Phrase) -> FileFaults {
        FileFaults(list: [FileFault(file: file, line: nil, field: field, problem: problem)])
    }

    private static func entry(_ entry: Content.Entry) -> AccessEntry? {
        // No office at all would be a token for nothing; on the wire no list means every office.
        guard entry.offices?.isEmpty != true else { return nil }
        var offices: Set<OfficeID> = []
        for name in entry.offices ?? [] {
            guard let office = OfficeID(name) else { return nil }
            offices.insert(office)
        }
        let digest = bytes(entry.digest)
        // The journal names callers by it.
        guard CallerID(entry.id)?.isNameOfAnEntry == true else { return nil }
        guard let role = Role(name: entry.role), digest.count == 32,
            let issued = Timestamp(entry.issued), let expires = Timestamp(entry.expires)
        else { return nil }
        guard let credential = Credential(kind: entry.kind ?? "token", digest: digest) else {
            return nil
        }
        let rate = entry.callsPerSecond ?? AccessEntry.usualRate
        guard (1...AccessEntry.rateLimit).contains(rate) else { return nil }
        let connections = entry.connections ?? AccessEntry.usualConnections
        guard (1...AccessEntry.connectionLimit).contains(connections) else { return nil }
        let holdPercent = entry.holdPercent ?? AccessEntry.usualHoldPercent
        guard (1...100).contains(holdPercent) else { return nil }
        let revoked = entry.revoked.map { Timestamp($0) }
        if case .some(.none) = revoked { return nil }
        return AccessEntry(
            id: entry.id, role: role, offices: entry.offices == nil ? .all : .only(offices),
            credential: credential, callsPerSecond: rate, connections: connections,
            holdPercent: holdPercent, issuedAt: issued, expiresAt: expires,
            revokedAt: revoked ?? nil, note: entry.note)
    }

    private static func bytes(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Substring(text)
        while rest.count >= 2, let byte = UInt8(rest.prefix(2), radix: 16) {
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return rest.isEmpty ? bytes : []
    }

    /// Puts another list in the place of the one in the file; changes by others come before or after.
    ///
    /// - Throws: what `change` throws, or what is wrong with the file.
    public func change(_ change: (AccessList) throws -> AccessList) throws {
        var isFolder: ObjCBool = false
        guard
            !FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
                || !isFolder.boolValue
        else { throw Self.fault(url.path, "", "is a folder; a file is expected") }
        // The lock is of a file of its own, as the list's is another one after each change.
        let lock = open(url.path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0, flock(lock, LOCK_EX) == 0 else {
            throw Self.fault(url.path, "", ReplacedFile.Failure.system(errno).phrase)
        }
        defer { close(lock) }
        // The first entry makes the file.
        let isThere = FileManager.default.fileExists(atPath: url.path)
        try write(change(isThere ? read() : AccessList(entries: [])))
    }

    /// Writes a list in the place of the one in the file.
    public func write(_ list: AccessList) throws {
        let data = try Self.data(of: list)
        do throws(ReplacedFile.Failure) { try ReplacedFile.write(data, to: url.path) } catch {
            throw Self.fault(url.path, "", error.phrase)
        }
    }

    /// The bytes of a file with the list.
    static func data(of list: AccessList) throws -> Data {
        let content = Content(
            version: version,
            entries: list.entries.map { entry in
                var offices: [String]?
                if case .only(let only) = entry.offices {
                    offices = only.map(\.description).sorted()
                }
                return Content.Entry(
                    id: entry.id, role: entry.role.name, offices: offices,
                    kind: entry.credential.kind, digest: entry.credential.digest.hexadecimal,
                    callsPerSecond: entry.callsPerSecond, connections: entry.connections,
                    holdPercent: entry.holdPercent,
                    issued: entry.issuedAt.description, expires: entry.expiresAt.description,
                    revoked: entry.revokedAt?.description, note: entry.note)
            })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(content) + Data("\n".utf8)
    }
}

extension ReplacedFile.Failure {
    /// What is in the way, and what to do.
    var phrase: Phrase {
        switch self {
        case .system(ENOSPC), .system(EDQUOT):
            "cannot be written: its disk is full; make room, then repeat it"
        case .system: "cannot be written; see that its folder is there and may be written"
        case .owner(let user, let group):
            "belongs to the user \(user) and the group \(group), and would be another's: repeat it as "
                + "that user or as root"
        }
    }
}
