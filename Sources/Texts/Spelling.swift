// SPDX-License-Identifier: Apache-2.0

/// What was meant by a word that is written wrong.
public enum Spelling {
    /// The word that is reached by the fewest changes of a letter, at most two and fewer than half of
    /// them; nil if none is.
    public static func nearest(to word: String, among known: [String]) -> String? {
        let count = word.count
        let most = min(2, (count - 1) / 2)
        return known.filter { abs($0.count - count) <= most }
            .map { ($0, distance(word, $0)) }.filter { $0.1 <= most }
            .min { $0.1 < $1.1 }?.0
    }

    /// How many letters are to be put in, left out, exchanged or swapped with the next.
    public static func distance(_ one: String, _ other: String) -> Int {
        let (one, other) = (Array(one), Array(other))
        var rows = [[Int]](
            repeating: [Int](repeating: 0, count: other.count + 1), count: one.count + 1)
        for i in 0...one.count {
            for j in 0...other.count {
                guard i > 0, j > 0 else {
                    rows[i][j] = i + j
                    continue
                }
                let change = rows[i - 1][j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1)
                var least = min(change, rows[i - 1][j] + 1, rows[i][j - 1] + 1)
                if i > 1, j > 1, one[i - 1] == other[j - 2], one[i - 2] == other[j - 1] {
                    least = min(least, rows[i - 2][j - 2] + 1)
                }
                rows[i][j] = least
            }
        }
        return rows[one.count][other.count]
    }
}
