// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Enquiries
import Foundation
import KezekTables
import Texts

/// The form of bulk input and output.
struct BulkOptions: ParsableArguments {
    @Flag(help: "Read many rows from standard input.")
    var bulk = false

    @Option(help: "The form of bulk output: csv or jsonl; by default that of the input.")
    var format: BulkFormat?

    @Option(
        help: ArgumentHelp(
            "What separates the columns of CSV: ',', ';', '|' or 'tab'; by default as the head "
                + "line has it.", valueName: "character"))
    var separator: CSVSeparator?

    /// - Throws: if one of them does not go with the others, or with `--json`.
    func check(json: Bool) throws {
        if separator != nil, !bulk { throw Wrong.needs("--separator", "--bulk") }
        if format == .csv, json { throw Wrong.exclusive("--format csv", "--json") }
    }
}

/// What answers rows in batches.
protocol BulkAnswering {
    /// The columns that it reads and adds.
    static var shape: BulkShape { get }

    /// The values of the added columns for each row, or what is wrong with it.
    ///
    /// - Throws: what keeps the source from answering at all.
    mutating func answer(_ rows: [BulkRow]) async throws -> [Result<[String], BadLine>]
}

/// A command's `--bulk`: reads rows in batches, asks for their answers, and writes a line for each good
/// one in the order of the input.
struct BulkRun<Answers: BulkAnswering> {
    let options: BulkOptions
    let source: SourceOptions
    let answers: (AnswerSource) -> Answers

    /// Rows that are asked for at a time.
    private static var batch: Int { 20_000 }
    private var language: Language { source.chosenLanguage }
    private var shape: BulkShape { Answers.shape }

    func run() async throws {
        let source = try source.source()
        var progress = Progress(language: language)
        do { try await answerAll(source, &progress) } catch let bad as BadLine {
            // Without its head no line of a table can be read.
            progress.tell(bad)
        } catch {
            await source.close()
            throw error
        }
        await source.close()
        progress.finish()
        if progress.bad > 0 { throw ExitCode(2) }
    }

    private func answerAll(_ answering: AnswerSource, _ progress: inout Progress) async throws {
        var input = ByteInput(.standardInput)
        let own = try BulkReader.format(of: &input)
        let format = options.format ?? (source.json ? .jsonl : own ?? .csv)
        var columns: [String] = []
        if format == .csv, own == .jsonl {
            // Which columns there are is known when all has been read, so it is read twice.
            let spool = try Spool(&input)
            columns = try BulkWriter.columns(try spool.input(), shape: shape)
            input = try spool.input()
        }
        var reader = try BulkReader(input, separator: options.separator, shape: shape)
        let writer = try BulkWriter(
            format, of: reader.source, columns: columns, separator: options.separator,
            shape: shape)
        try Terminal.write(writer.head)
        var answers = answers(answering)
        var rows: [BulkRow] = []
        while let read = try reader.next() {
            switch read {
            case .success(let row): rows.append(row)
            case .failure(let bad): progress.tell(bad)
            }
            if rows.count >= Self.batch {
                try await write(rows, writer, &answers, &progress)
                rows.removeAll(keepingCapacity: true)
            }
        }
        try await write(rows, writer, &answers, &progress)
    }

    /// Answers rows, and writes them in their order.
    private func write(
        _ rows: [BulkRow], _ writer: BulkWriter, _ answers: inout Answers,
        _ progress: inout Progress
    ) async throws {
        let found = try await answers.answer(rows)
        var output = ""
        for (row, answer) in zip(rows, found) {
            switch answer {
            case .success(let values):
                output += writer.line(row, values)
                progress.good += 1
            case .failure(let bad): progress.tell(bad)
            }
        }
        try Terminal.write(output)
        progress.show()
    }

    /// What was done so far, shown on a terminal while it goes on.
    private struct Progress {
        let language: Language
        var good = 0
        var bad = 0

        mutating func tell(_ bad: BadLine) {
            self.bad += 1
            bad.tell(in: language)
        }

        func show() {
            guard showsProgress else { return }
            let what: CountedNoun = Answers.self == DueAnswers.self ? .dueDate : .answer
            Terminal.writeError(
                "\r\(language.count(good, what)), \(language.count(bad, .badLine))")
        }

        func finish() { if showsProgress { Terminal.writeError("\n") } }

        private var showsProgress: Bool { Terminal.showsProgress && !Manner.current.isJSON }
    }
}

/// An input that was read to its end, kept in a file without a name so that it can be read again.
private struct Spool {
    private let file: FileHandle

    init(_ input: inout ByteInput) throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("kezek-\(UUID().uuidString)").path
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure.cannotWrite(path)
        }
        // It is gone with the program, however that ends.
        unlink(path)
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        while let bytes = try input.next() { try file.write(contentsOf: Data(bytes)) }
    }

    /// The input from its beginning; one is read after the other.
    func input() throws -> ByteInput {
        try file.seek(toOffset: 0)
        return ByteInput(file)
    }
}
