// SPDX-License-Identifier: Apache-2.0

extension PresentedDocument {
    /// The same paper under another name of the document.
    func named(_ id: String) -> PresentedDocument {
        PresentedDocument(id: id, original: original, copy: copy, expires: expires)
    }
}
