// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Texts

extension Language {
    /// The language asked for, or that of the environment, or English.
    static func chosen(_ asked: Language?) -> Language {
        if let asked { return asked }
        let environment = ProcessInfo.processInfo.environment
        let locale =
            ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }
            .first { !$0.isEmpty } ?? ""
        return Language(rawValue: String(locale.prefix(2))) ?? .en
    }
}
