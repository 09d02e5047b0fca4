// SPDX-License-Identifier: Apache-2.0

/// Texts of calendars such as decrees bring.
public enum HolidayText {
    /// Holidays of 2026 that the decrees of a simulation add, a list for each.
    public static let variants = [
        ["03-19", "03-27", "04-15", "06-03"], ["03-20", "03-26", "04-22", "06-10", "09-02"],
    ]

    /// A calendar file with holidays more, known since 10 March 2026.
    ///
    ///     HolidayText.adding(["03-19"], to: text)  // 19 March is one from 2026 on
    public static func adding(_ holidays: [String], to text: String) -> String {
        let more = holidays.map { day in
            """
              - id: extra-\(day)
                name: {kk: Қосымша, ru: Дополнительный, en: Extra}
                date: "\(day)"
                substituted: false
                versions:
                  - {known: 2026-03-10, years: 2026-, act: decree-888-2018}

            """
        }.joined()
        return text.replacing("\nholidays:\n", with: "\nholidays:\n\(more)")
    }
}
