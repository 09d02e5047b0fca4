// SPDX-License-Identifier: Apache-2.0

import CivilTime

/// What stands on a paper that an applicant takes along, apart from how it is laid out.
struct Paper: Hashable {
    enum Block: Hashable {
        case heading(String)
        case paragraph(String)
        /// What an applicant must not overlook.
        case notice(String)
        /// A label and its value on each line.
        case pairs([Pair])
        case table(head: [String], rows: [[String]])
        /// Lines to sign on, each with what is signed.
        case signatures([String])
    }

    struct Pair: Hashable {
        let label: String
        /// Empty for a line to write on.
        let value: String

        init(_ label: String, _ value: String) {
            self.label = label
            self.value = value
        }
    }

    /// The language's code, such as `kk`.
    let language: String
    let title: String
    /// The application's number, which must not be broken over lines.
    let number: String
    let blocks: [Block]

    private var heading: String { "\(title) № \(number)" }
}

extension Paper {
    /// The paper for a terminal or a plain printer.
    var text: String {
        var lines = [heading, String(repeating: "=", count: heading.count)]
        for block in blocks {
            lines.append("")
            switch block {
            case .heading(let text): lines += [text, String(repeating: "-", count: text.count)]
            case .paragraph(let text), .notice(let text): lines += Paper.wrapped(text)
            case .pairs(let pairs):
                for pair in pairs {
                    let value =
                        pair.value.isEmpty ? String(repeating: "_", count: 40) : pair.value
                    lines += Paper.wrapped("\(pair.label): \(value)", indent: "    ")
                }
            case .table(_, let rows):
                for row in rows {
                    let cells = row.filter { !$0.isEmpty }.joined(separator: " · ")
                    lines += Paper.wrapped("- \(cells)", indent: "  ")
                }
            case .signatures(let labels):
                lines += labels.map { "\($0): \(String(repeating: "_", count: 30))" }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The words of a text on lines of at most 80 characters.
    private static func wrapped(_ text: String, indent: String = "") -> [String] {
        var lines: [String] = []
        var line = ""
        // A line break within a text would forge a line of the paper.
        for word in Paper.onOneLine(text).split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > 80 {
                lines.append(line)
                line = indent + word
            } else {
                line += (line.isEmpty ? "" : " ") + word
            }
        }
        return lines + [line]
    }
}

extension Paper {
    /// The paper as a page of its own, which needs nothing from elsewhere and prints on A4.
    var html: String {
        var body = "<h1>\(Paper.escaped(title))<br>№&nbsp;\(Paper.escaped(number))</h1>\n"
        for block in blocks {
            switch block {
            case .heading(let text): body += "<h2>\(Paper.escaped(text))</h2>\n"
            case .paragraph(let text): body += "<p>\(Paper.escaped(text))</p>\n"
            case .notice(let text): body += "<p class=\"notice\">\(Paper.escaped(text))</p>\n"
            case .pairs(let pairs):
                body += "<dl>\n"
                for pair in pairs {
                    let value =
                        pair.value.isEmpty
                        ? "<dd class=\"line\"></dd>" : "<dd>\(Paper.escaped(pair.value))</dd>"
                    body += "<dt>\(Paper.escaped(pair.label))</dt>\(value)\n"
                }
                body += "</dl>\n"
            case .table(let head, let rows):
                body += "<table>\n<thead>\(Paper.row(head, "th"))</thead>\n<tbody>\n"
                for row in rows { body += Paper.row(row, "td") + "\n" }
                body += "</tbody>\n</table>\n"
            case .signatures(let labels):
                body += "<div class=\"signatures\">\n"
                for label in labels {
                    body += "<div><span class=\"line\"></span>\(Paper.escaped(label))</div>\n"
                }
                body += "</div>\n"
            }
        }
        return """
            <!DOCTYPE html>
            <html lang="\(language)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(Paper.escaped(heading))</title>
            <style>
            \(Paper.style)
            </style>
            </head>
            <body>
            \(body)</body>
            </html>

            """
    }

    private static func row(_ cells: [String], _ tag: String) -> String {
        "<tr>"
            + cells.map { cell in
                // A date stays on one line, with what stands behind it.
                let kind = CivilDate(String(cell.prefix(10))) == nil ? "" : " class=\"day\""
                return "<\(tag)\(kind)>\(escaped(cell))</\(tag)>"
            }.joined() + "</tr>"
    }

    /// A text with a space in the place of each line break and control character.
    static func onOneLine(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .lineSeparator, .paragraphSeparator: " "
                    default: scalar
                    }
                }))
    }

    /// What a page must not take for markup; control characters, which it must not have, left out.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in onOneLine(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static let style = """
        @page { size: A4; margin: 18mm 16mm; }
        body { font: 11pt/1.4 "Noto Serif", "DejaVu Serif", serif; color: #000; max-width: 178mm;
               margin: 8mm auto; padding: 0 4mm; }
        h1 { font-size: 15pt; text-align: center; margin: 0 0 6mm; overflow-wrap: normal;
             word-break: keep-all; }
        h2 { font-size: 11.5pt; margin: 6mm 0 2mm; break-after: avoid; }
        p { margin: 2mm 0; }
        .notice { border: 1.2pt solid #000; padding: 2.5mm 3.5mm; font-weight: bold; }
        dl { display: grid; grid-template-columns: 52mm 1fr; gap: 1mm 4mm; margin: 0; }
        dt { color: #333; } dd { margin: 0; }
        .line { display: block; border-bottom: 0.6pt solid #000; min-height: 6mm; }
        table { border-collapse: collapse; width: 100%; font-size: 9.5pt; }
        th, td { border: 0.5pt solid #777; padding: 1mm 2mm; text-align: left;
                 vertical-align: top; }
        th { background: #eee; } tr { break-inside: avoid; }
        .day { white-space: nowrap; }
        .signatures { display: flex; gap: 12mm; margin-top: 10mm; break-inside: avoid; }
        .signatures div { flex: 1; font-size: 9pt; }
        @media print { body { margin: 0; padding: 0; max-width: none; } }
        """
}
