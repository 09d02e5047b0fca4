// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import KezekFiles

/// Where calendars and standards are read from.
struct DataOption: ParsableArguments {
    static let help = ArgumentHelp(
        "The folder with Calendars and Standards; found by itself when it is not given.",
        valueName: "folder")

    @Option(name: .customLong("data"), help: help, completion: .directory)
    var path: String?

    func folder() throws -> DataFolder { try DataFolder.located(path) }
}
