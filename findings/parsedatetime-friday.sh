#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: parsedatetime with its Russian locale reads a weekday before a time as it does in English: 'on
# Friday at 15:30' is Friday, or it says that it has read nothing.
#
# Seen: parsedatetime 2.6 knows the days in the nominative only. For four of them that is the form after
# 'в', too; Wednesday, Friday and Saturday have another, and are passed over: 'в пятницу в 15:30' is 15:30
# today, with the status of a time that was read whole. 'пятница 15:30' is Friday. Of 'in N days' it reads
# 'дней' but not 'дня', of weeks 'недели' but not 'недель'; 'день назад', a day ago, is today at 13:00, for
# 'день' is also the name of an hour.
#
# Matters: an applicant writes 'в пятницу в 15:30' and is given today; 'в понедельник в 10:00' works in
# the trial.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    parsedatetime==2.6

seen=$("$work/venv/bin/python" - 2>&1 <<'PY'
import datetime
from importlib.metadata import version

import parsedatetime

print(f"parsedatetime {version('parsedatetime')}")
now = datetime.datetime(2026, 3, 19, 8, 0)
print(f"now: {now:%A, %d.%m %H:%M}")
for locale, texts in (
    ("en_US", ("on friday at 15:30", "in 3 days")),
    ("ru_RU", ("пятница 15:30", "в пятницу в 15:30", "в среду в 10:00", "в субботу в 11:00", "в понедельник в 10:00",
               "во вторник в 9:00", "в четверг в 12:00", "через 2 дня", "через 3 дня", "через 5 дней",
               "через 2 недели", "через 5 недель", "через год", "через 5 часов", "день назад")),
):
    calendar = parsedatetime.Calendar(parsedatetime.Constants(locale, usePyICU=False))
    for text in texts:
        when, status = calendar.parseDT(text, now)
        read = ("nothing read", "a date", "a time", "a date and a time")[status]
        print(f"{locale} {text}: {when:%A, %d.%m %H:%M}, {read}")
PY
)
expected=$(cat <<'TEXT'
parsedatetime 2.6
now: Thursday, 19.03 08:00
en_US on friday at 15:30: Friday, 20.03 15:30, a date and a time
en_US in 3 days: Sunday, 22.03 08:00, a date
ru_RU пятница 15:30: Friday, 20.03 15:30, a date and a time
ru_RU в пятницу в 15:30: Thursday, 19.03 15:30, a time
ru_RU в среду в 10:00: Thursday, 19.03 10:00, a time
ru_RU в субботу в 11:00: Thursday, 19.03 11:00, a time
ru_RU в понедельник в 10:00: Monday, 23.03 10:00, a date and a time
ru_RU во вторник в 9:00: Tuesday, 24.03 09:00, a date and a time
ru_RU в четверг в 12:00: Thursday, 26.03 12:00, a date and a time
ru_RU через 2 дня: Thursday, 19.03 08:00, nothing read
ru_RU через 3 дня: Thursday, 19.03 08:00, nothing read
ru_RU через 5 дней: Tuesday, 24.03 08:00, a date
ru_RU через 2 недели: Thursday, 02.04 08:00, a date
ru_RU через 5 недель: Thursday, 19.03 08:00, nothing read
ru_RU через год: Thursday, 19.03 08:00, nothing read
ru_RU через 5 часов: Thursday, 19.03 13:00, a time
ru_RU день назад: Thursday, 19.03 13:00, a time
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "parsedatetime-friday: it behaves otherwise than it did" >&2; exit 1; }
echo ok
