// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import KezekFiles

/// Where calendars and standards are read from.
struct DataOption: ParsableArguments {
    @Option(
        name: .customLong("data"),
        help: ArgumentHelp(
            "The folder with Calendars and Standards; found by itself when it is not given.",
            valueName: "folder"), completion: .directory)
    var path: String?

    func folder() throws -> DataFolder { try DataFolder.located(path) }
}
