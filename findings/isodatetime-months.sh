#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: twelve months are a year: metomi-isodatetime adds months at once, and then cuts the day to
# the length of the month it came to, as dateutil does.
#
# Seen: metomi-isodatetime 3.2.0 goes month by month and cuts the day in each. From 31 January P1Y
# leads to 31 January, P12M to the 28th; from 31 August P2M leads to 30 October, for September has
# 30 days. Backwards it does so, too, and P48M from 29 February misses the one four years later.
# R/2026-01-31/P3M is on the 28th for ever.
#
# Matters: a deadline of two, three or twelve months from a day at a month's end is one to three days
# early, and another one if the same term is written in years.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    'metomi-isodatetime==1!3.2.0' python-dateutil==2.9.0.post0

seen=$("$work/venv/bin/python" - <<'PY'
import datetime
from importlib.metadata import version

from dateutil.relativedelta import relativedelta
from metomi.isodatetime.parsers import DurationParser, TimePointParser, TimeRecurrenceParser

print(f"metomi-isodatetime {version('metomi-isodatetime')}, dateutil {version('python-dateutil')}")
point, duration = TimePointParser().parse, DurationParser().parse
for date, text, months in (
    ("2026-01-31", "P1Y", 12), ("2026-01-31", "P12M", 12), ("2026-01-30", "P12M", 12), ("2026-01-28", "P12M", 12),
    ("2026-08-31", "P2M", 2), ("2026-10-31", "P2M", 2), ("2026-08-30", "P2M", 2), ("2026-12-31", "P3M", 3),
    ("2026-05-31", "-P12M", -12), ("2024-02-29", "P4Y", 48), ("2024-02-29", "P48M", 48),
):
    there = str(point(date + "T09:00Z") + duration(text))
    print(f"{date} {text}: {there[:10]}, dateutil {datetime.date.fromisoformat(date) + relativedelta(months=months)}")
for text in ("R/2026-01-31T09:00Z/P1M", "R/2026-01-31T09:00Z/P3M"):
    times = iter(TimeRecurrenceParser().parse(text))
    print(f"{text}: {', '.join(str(next(times))[5:10] for _ in range(6))}")
dates = [datetime.date(2026, 1, 1) + datetime.timedelta(days=day) for day in range(365)]
for months in (2, 3, 6, 12):
    other = sum(
        str(point(f"{date}T09:00Z") + duration(f"P{months}M"))[:10] != str(date + relativedelta(months=months))
        for date in dates
    )
    print(f"P{months}M from each day of 2026: {other} otherwise than in one step")
PY
)
expected=$(cat <<'TEXT'
metomi-isodatetime 1!3.2.0, dateutil 2.9.0.post0
2026-01-31 P1Y: 2027-01-31, dateutil 2027-01-31
2026-01-31 P12M: 2027-01-28, dateutil 2027-01-31
2026-01-30 P12M: 2027-01-28, dateutil 2027-01-30
2026-01-28 P12M: 2027-01-28, dateutil 2027-01-28
2026-08-31 P2M: 2026-10-30, dateutil 2026-10-31
2026-10-31 P2M: 2026-12-30, dateutil 2026-12-31
2026-08-30 P2M: 2026-10-30, dateutil 2026-10-30
2026-12-31 P3M: 2027-03-28, dateutil 2027-03-31
2026-05-31 -P12M: 2025-05-28, dateutil 2025-05-31
2024-02-29 P4Y: 2028-02-29, dateutil 2028-02-29
2024-02-29 P48M: 2028-02-28, dateutil 2028-02-29
R/2026-01-31T09:00Z/P1M: 01-31, 02-28, 03-28, 04-28, 05-28, 06-28
R/2026-01-31T09:00Z/P3M: 01-31, 04-28, 07-28, 10-28, 01-28, 04-28
P2M from each day of 2026: 7 otherwise than in one step
P3M from each day of 2026: 9 otherwise than in one step
P6M from each day of 2026: 14 otherwise than in one step
P12M from each day of 2026: 29 otherwise than in one step
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "isodatetime-months: it behaves otherwise than it did" >&2; exit 1; }
echo ok
