// SPDX-License-Identifier: Apache-2.0

import Foundation
import Texts

/// Why a file cannot be read, as far as it can be seen.
enum Unreadable {
    static func words(_ url: URL) -> Phrase {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
            return "is not there; check its name"
        }
        return isFolder.boolValue
            ? "is a folder; a file is expected" : "cannot be read; check who owns it"
    }
}
