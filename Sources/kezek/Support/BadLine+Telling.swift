// SPDX-License-Identifier: Apache-2.0

import KezekTables
import Texts

extension BadLine {
    /// Tells it on standard error: in words, or with `--json` as an object on a line of its own.
    func tell(in language: Language) {
        guard !Manner.current.isJSON else { return Terminal.writeError(json(in: language) + "\n") }
        // It takes the place of what is shown of the progress.
        Terminal.writeError((Terminal.showsProgress ? "\r" : "") + text(in: language) + "\n")
    }

    /// Such as `{"error":{"field":"accepted","line":3,"message":"…"}}`.
    private func json(in language: Language) -> String {
        // The name of a column stands before what is wrong in it, the same in every language.
        let found = problem[language].prefixMatch(of: #/([A-Za-z_]+): /#)
        let field = found.map { String($0.1) }
        let message = problem[language].dropFirst(found?.0.count ?? 0)
        let told: JSONObject = ["field": field, "line": line, "message": String(message)]
        return (try? JSONText.make(["error": told], pretty: false)) ?? "{}"
    }
}
