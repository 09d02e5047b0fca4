// SPDX-License-Identifier: Apache-2.0

import Texts

/// Day sheets as text and as pages to print.
public struct SheetPages: Sendable {
    public let sheets: [DaySheet]
    public let words: SheetWords

    public init(_ sheets: [DaySheet], _ words: SheetWords) {
        self.sheets = sheets
        self.words = words
    }

    /// Lines for a terminal or a plain message.
    public var text: String { sheets.map(text).joined(separator: "\n") }

    private func text(_ sheet: DaySheet) -> String {
        var lines = ["\(sheet.crew) · \(words.day(sheet.date))"]
        if let note = sheet.note { lines.append(note) }
        lines.append("")
        for line in sheet.lines {
            let times = line.times(words, on: sheet.date)
            let pad = String(repeating: " ", count: max(1, 13 - times.count))
            let place = line.whereabouts
            lines.append(times + pad + line.title(words) + (place.isEmpty ? "" : " · " + place))
            for remark in line.remarks(words, on: sheet.date) {
                lines.append(String(repeating: " ", count: 15) + remark)
            }
        }
        lines += ["", words.total(sheet)]
        // What a file calls things may have line ends of its own.
        return lines.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") + "\n" }
            .joined()
    }

    /// One page of HTML that needs nothing from elsewhere; each sheet is a page on paper.
    public var html: String {
        let title = Markup.escaped(words.title)
        return """
            <!DOCTYPE html>
            <html lang="\(words.language.rawValue)">
            <head>
            <meta charset="utf-8">
            \(Markup.policy)
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title)</title>
            <style>
            body { font: 11pt/1.35 sans-serif; color: #000; margin: 1.5em auto; max-width: 48em; }
            section { break-after: page; margin-bottom: 3em; }
            section:last-child { break-after: auto; }
            h1 { font-size: 15pt; margin: 0; }
            h2 { font-size: 12pt; font-weight: normal; margin: .2em 0 .8em; }
            table { border-collapse: collapse; width: 100%; }
            th, td { border-bottom: 1px solid #999; padding: .35em .6em .35em 0; text-align: left;
              vertical-align: top; }
            th { border-bottom-width: 2px; }
            td:first-child { white-space: nowrap; font-variant-numeric: tabular-nums; }
            tr { break-inside: avoid; }
            .promised { font-weight: bold; }
            @page { size: A4; margin: 15mm; }
            @media print { body { margin: 0; max-width: none; } }
            </style>
            </head>
            <body>
            \(sheets.map(html).joined(separator: "\n"))
            </body>
            </html>

            """
    }

    private func html(_ sheet: DaySheet) -> String {
        let note = sheet.note.map { "<p>\(Markup.escaped($0))</p>\n" } ?? ""
        let rows = sheet.lines.map { line in
            let remarks = line.remarks(words, on: sheet.date).map {
                let isPromise = $0.hasPrefix(words.promised + ":")
                return isPromise
                    ? "<span class=\"promised\">\(Markup.escaped($0))</span>" : Markup.escaped($0)
            }
            return "<tr><td>\(Markup.escaped(line.times(words, on: sheet.date)))</td>"
                + "<td>\(Markup.escaped(line.title(words)))</td>"
                + "<td>\(Markup.escaped(line.whereabouts))</td>"
                + "<td>\(remarks.joined(separator: "<br>"))</td></tr>"
        }
        let heads = [words.time, words.what, words.place, words.remarks].map {
            "<th scope=\"col\">\(Markup.escaped($0))</th>"
        }
        return """
            <section>
            <h1>\(Markup.escaped(sheet.crew))</h1>
            <h2>\(Markup.escaped(words.day(sheet.date)))</h2>
            \(note)<table>
            <thead><tr>\(heads.joined())</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table>
            <p>\(Markup.escaped(words.total(sheet)))</p>
            </section>
            """
    }
}
