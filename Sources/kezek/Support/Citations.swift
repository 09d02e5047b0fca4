// SPDX-License-Identifier: Apache-2.0

/// Acts that a table cites by number, each told once below it.
struct Citations {
    private var acts: [String] = []

    /// The mark that stands behind a row; none where no act is named.
    mutating func mark(_ act: String) -> String {
        guard !act.isEmpty else { return "" }
        let index = acts.firstIndex(of: act) ?? acts.count
        if index == acts.count { acts.append(act) }
        return Terminal.styled("  [\(index + 1)]", .dim)
    }

    /// The acts by their numbers.
    var lines: [String] {
        acts.enumerated().map { Terminal.styled("[\($0 + 1)] \($1)", .dim) }
    }
}
