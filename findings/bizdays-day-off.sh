#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: bizdays' offset and count undo each other: to the day that lies n working days after a day,
# there are n working days.
#
# Seen: bizdays 1.0.19 does so from working days only. From a day off, offset takes the next working
# day for the first, while the count begins there with 0: three working days after Saturday, 21 March
# 2026 is the 30th, to which there are two. With financial=False it is right from days off, and one
# too many from all others. So it is for each day of 2026.
#
# Matters: an application that came in on a Saturday has a day less left than its term says; with the
# other setting every other one has a day more, and is called late only when it is.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check bizdays==1.0.19

seen=$("$work/venv/bin/python" - <<'PY'
import datetime
from importlib.metadata import version

from bizdays import Calendar

print(f"bizdays {version('bizdays')}")
# Days off of Nauryz 2026 in Kazakhstan; 21 and 22 March are a Saturday and a Sunday.
nauryz = [datetime.date(2026, 3, day) for day in (23, 24, 25)]
days = [datetime.date(2026, 1, 1) + datetime.timedelta(n) for n in range(365)]
for financial in (True, False):
    calendar = Calendar(nauryz, ["Saturday", "Sunday"], "2026-01-01", "2027-12-31",
                        financial=financial)
    print(f"financial={financial}")
    for day in (datetime.date(2026, 3, 19), datetime.date(2026, 3, 21), datetime.date(2026, 3, 25)):
        end = calendar.offset(day, 3)
        print(f"  three working days after {day:%a %d %b}: {end:%a %d %b}, "
              f"to which there are {calendar.bizdays(day, end)}")
    for name, working in (("working days", True), ("days off", False)):
        tried = [day for day in days if calendar.isbizday(day) is working]
        wrong = [day for day in tried
                 if any(calendar.bizdays(day, calendar.offset(day, n)) != n for n in range(1, 11))]
        print(f"  of {len(tried)} {name} otherwise from {len(wrong)}")
PY
)
expected=$(cat <<'TEXT'
bizdays 1.0.19
financial=True
  three working days after Thu 19 Mar: Fri 27 Mar, to which there are 3
  three working days after Sat 21 Mar: Mon 30 Mar, to which there are 2
  three working days after Wed 25 Mar: Mon 30 Mar, to which there are 2
  of 258 working days otherwise from 0
  of 107 days off otherwise from 107
financial=False
  three working days after Thu 19 Mar: Fri 27 Mar, to which there are 4
  three working days after Sat 21 Mar: Mon 30 Mar, to which there are 3
  three working days after Wed 25 Mar: Mon 30 Mar, to which there are 3
  of 258 working days otherwise from 258
  of 107 days off otherwise from 0
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "bizdays-day-off: it behaves otherwise than it did" >&2; exit 1; }
echo ok
