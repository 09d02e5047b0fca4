#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: a year is 365 days to humanfriendly's parse_timespan, or refused, as months are.
#
# Seen: humanfriendly 10.0 takes 52 weeks for a year: 364 days, so that fifteen years are 19 days
# short. The other way round, format_timespan writes 364 days as '1 year' and 365 as '1 year and 1 day'.
# Months are refused.
#
# Matters: a paper that is kept or valid for 'fifteen years' is deleted or refused 19 days early, and no
# date in the first year shows it.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    humanfriendly==10.0

seen=$("$work/venv/bin/python" - 2>&1 <<'PY'
import datetime
from importlib.metadata import version

import humanfriendly

print(f"humanfriendly {version('humanfriendly')}")
start = datetime.date(2026, 3, 19)
for text in ("1 week", "52 weeks", "1 year", "1y", "5 years", "15 years", "1 month"):
    try:
        seconds = humanfriendly.parse_timespan(text)
    except humanfriendly.InvalidTimespan:
        print(f"{text}: refused")
        continue
    print(f"{text}: {seconds / 86400:g} days, from {start} to {start + datetime.timedelta(seconds=seconds)}")
for days in (363, 364, 365, 366, 5460, 5478):
    print(f"{days} days: {humanfriendly.format_timespan(days * 86400)}")
PY
)
expected=$(cat <<'TEXT'
humanfriendly 10.0
1 week: 7 days, from 2026-03-19 to 2026-03-26
52 weeks: 364 days, from 2026-03-19 to 2027-03-18
1 year: 364 days, from 2026-03-19 to 2027-03-18
1y: 364 days, from 2026-03-19 to 2027-03-18
5 years: 1820 days, from 2026-03-19 to 2031-03-13
15 years: 5460 days, from 2026-03-19 to 2041-02-28
1 month: refused
363 days: 51 weeks and 6 days
364 days: 1 year
365 days: 1 year and 1 day
366 days: 1 year and 2 days
5460 days: 15 years
5478 days: 15 years, 2 weeks and 4 days
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "humanfriendly-year: it behaves otherwise than it did" >&2; exit 1; }
echo ok
