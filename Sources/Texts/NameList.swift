// SPDX-License-Identifier: Apache-2.0

extension Language {
    /// Names as they stand in a sentence, in their order: so many of them, and how many there are besides.
    ///
    ///     Language.en.list(["crew-1", "crew-2"])             // "crew-1, crew-2"
    ///     Language.ru.list(["a", "b", "c", "d"], atMost: 2)  // "a, b и ещё 2"
    public func list(_ names: [some CustomStringConvertible], atMost limit: Int = 20) -> String {
        let shown = names.prefix(limit).map(\.description).joined(separator: ", ")
        let more = names.count - limit
        guard more > 0 else { return shown }
        return shown + pick(" және тағы \(more)", " и ещё \(more)", " and \(more) more")
    }
}
