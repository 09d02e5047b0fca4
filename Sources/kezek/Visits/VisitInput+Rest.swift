// SPDX-License-Identifier: Apache-2.0

import Texts
import Visits

extension VisitInput {
    /// What is left of the problem; nil where nothing is said of what has happened.
    var rest: RestOfDay? {
        get throws {
            guard !soFar.isEmpty || soFar.now != nil else { return nil }
            do { return try RestOfDay(problem, after: soFar) } catch {
                throw CommandFailure(Phrase(sentence: "\(error)"))
            }
        }
    }
}
