// SPDX-License-Identifier: Apache-2.0

/// The parser of arguments takes `-1` for an option.
///
/// No option of this program is a number, so numbers like it go behind the others, after the `--`
/// that ends the options.
enum NegativeNumbers {
    static func behindOptions(_ arguments: [String]) -> [String] {
        guard !arguments.contains("--") else { return arguments }
        func isNegativeNumber(_ text: String) -> Bool {
            text.first == "-" && text.count > 1 && text.dropFirst().allSatisfy(\.isNumber)
        }
        let numbers = arguments.filter(isNegativeNumber)
        guard !numbers.isEmpty else { return arguments }
        return arguments.filter { !isNegativeNumber($0) } + ["--"] + numbers
    }
}
