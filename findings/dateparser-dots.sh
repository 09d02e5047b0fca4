#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: dateparser, told that a text is Russian, reads 19.03 as 19 March and 16.05 after 'today
# at' as the time of day.
#
# Seen: dateparser 1.5.0 has it the other way round. Day and month of two digits each are a time
# wherever they can be one: 19.03 is 19:03 today, while 25.12 and 31.01, 19.3 and 19/03 are dates.
# After 'сегодня в' or 'завтра в' a time with a point is dropped, and the present time of day
# stays; after '19 марта в' it is read. PREFER_DATES_FROM 'future' does not help.
#
# Matters: a form takes 25.12 for Christmas Day and 19.03 for this evening.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    dateparser==1.5.0

seen=$("$work/venv/bin/python" - <<'PY'
import datetime
from importlib.metadata import version

import dateparser

print(f"dateparser {version('dateparser')}, on 10 March 2026 at 10:00")
now = datetime.datetime(2026, 3, 10, 10)
for text in (
    "19.03", "19.3", "19/03", "19.03.2026", "25.12", "31.01", "03.04",
    "сегодня в 16.05", "сегодня в 16:05", "завтра в 9.30", "завтра в 9:30", "19 марта в 9.30",
):
    read = dateparser.parse(
        text, languages=["ru"], settings={"RELATIVE_BASE": now, "PREFER_DATES_FROM": "future"}
    )
    print(f"{text}: {read:%Y-%m-%d %H:%M}")
PY
)
expected=$(cat <<'TEXT'
dateparser 1.5.0, on 10 March 2026 at 10:00
19.03: 2026-03-10 19:03
19.3: 2026-03-19 00:00
19/03: 2026-03-19 00:00
19.03.2026: 2026-03-19 00:00
25.12: 2026-12-25 00:00
31.01: 2027-01-31 00:00
03.04: 2026-03-11 03:04
сегодня в 16.05: 2026-03-10 10:00
сегодня в 16:05: 2026-03-10 16:05
завтра в 9.30: 2026-03-11 10:00
завтра в 9:30: 2026-03-11 09:30
19 марта в 9.30: 2026-03-19 09:30
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "dateparser-dots: it behaves otherwise than it did" >&2; exit 1; }
echo ok
