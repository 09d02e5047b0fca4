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
        var (kept, numbers, last): ([String], [String], String) = ([], [], "")
        for argument in arguments {
            // Behind an option's name it is the option's value, unless the option is a flag.
            let isValue = last.hasPrefix("--") && last != "--json"
            if isNegativeNumber(argument), !isValue {
                numbers.append(argument)
            } else {
                kept.append(argument)
            }
            last = argument
        }
        return numbers.isEmpty ? arguments : kept + ["--"] + numbers
    }
}
