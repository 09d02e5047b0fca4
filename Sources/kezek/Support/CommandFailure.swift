// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Enquiries
import Foundation
import KezekClient
import KezekFiles

/// A failure with a sentence for the person at the terminal.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Runs the work of a command that asks no server; what goes wrong is told in a sentence, and ends the
/// program with status 1.
func telling(_ work: () throws -> Void) throws {
    do { try work() } catch let error as ExitCode { throw error } catch {
        Terminal.complain("\(error)")
        throw ExitCode.failure
    }
}

extension SourceOptions {
    /// Runs a command's work; a refusal or failure is told on standard error, as JSON if that was
    /// asked for, and ends the program with status 1.
    func run(_ work: () async throws -> Void) async throws {
        do { try await work() } catch let error as ExitCode { throw error } catch {
            tell(error)
            throw ExitCode.failure
        }
    }

    private func tell(_ error: any Error) {
        let refusal: Refusal? =
            switch error {
            case let refusal as Refusal: refusal
            case ClientError.refused(let refusal): refusal
            default: nil
            }
        guard json else {
            Terminal.complain(refusal?.message ?? "\(error)")
            if let refusal, !refusal.alternatives.isEmpty {
                let times = refusal.alternatives.map(\.description)
                Terminal.writeError("free: \(times.joined(separator: "  "))\n")
            }
            return
        }
        let shown = ErrorJSON(
            error: ErrorJSON.Body(
                message: refusal?.message ?? "\(error)", reason: refusal.map { "\($0.reason)" },
                code: refusal.map { "\($0.code)" }, field: refusal?.field,
                nextOpening: refusal?.nextOpening?.description,
                alternatives: refusal.flatMap {
                    $0.alternatives.isEmpty ? nil : $0.alternatives.map(\.description)
                }))
        if let text = try? JSONText.make(shown) { Terminal.writeError(text + "\n") }
    }
}

private struct ErrorJSON: Encodable {
    struct Body: Encodable {
        let message: String
        let reason: String?
        let code: String?
        let field: String?
        let nextOpening: String?
        let alternatives: [String]?
    }

    let error: Body
}
