#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: terms that QuantLib calls equal give the same date.
#
# Seen: QuantLib 1.44 says that 14D == 2W, with one hash, and normalized() makes the one the other;
# Calendar.advance() counts the 14 as working days and the two weeks by the calendar: 6 April or 26
# March. 1W + 3D becomes ten working days, 31 March, where a week and then three working days are 27
# March. A dictionary or a cache by term so gives one's answer to the other.
#
# Matters: a due date moves by days when a term was normalized, added up, or looked up, though no
# comparison shows a difference.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    QuantLib==1.44

seen=$("$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

import QuantLib as ql

print(f"QuantLib {version('QuantLib')}")
calendar = ql.BespokeCalendar("Kazakhstan")
calendar.addWeekend(ql.Saturday)
calendar.addWeekend(ql.Sunday)
for day in (23, 24, 25):
    calendar.addHoliday(ql.Date(day, ql.March, 2026))
received = ql.Date(12, ql.March, 2026)


def due(*periods):
    date = received
    for period in periods:
        date = calendar.advance(date, period)
    return date.ISO()


for one, other in (("7D", "1W"), ("14D", "2W"), ("28D", "4W"), ("12M", "1Y")):
    a, b = ql.Period(one), ql.Period(other)
    print(f"{one} == {other} is {a == b}, in a set {len({a, b})}: "
          f"due {due(a)} and {due(b)}; without the calendar {(received + a).ISO()} and {(received + b).ISO()}")
days = ql.Period("14D")
print(f"14D, normalized() {days.normalized()}: due {due(days)} and {due(days.normalized())}")
week, three = ql.Period("1W"), ql.Period("3D")
print(f"1W + 3D is {week + three}: due {due(week + three)}, one after the other {due(week, three)}")
terms = {ql.Period("2W"): "two weeks"}
print(f"a dictionary of terms with 2W, asked for 14D: {terms.get(days)}")
PY
)
expected=$(cat <<'TEXT'
QuantLib 1.44
7D == 1W is True, in a set 1: due 2026-03-26 and 2026-03-19; without the calendar 2026-03-19 and 2026-03-19
14D == 2W is True, in a set 1: due 2026-04-06 and 2026-03-26; without the calendar 2026-03-26 and 2026-03-26
28D == 4W is True, in a set 1: due 2026-04-24 and 2026-04-09; without the calendar 2026-04-09 and 2026-04-09
12M == 1Y is True, in a set 1: due 2027-03-12 and 2027-03-12; without the calendar 2027-03-12 and 2027-03-12
14D, normalized() 2W: due 2026-04-06 and 2026-03-26
1W + 3D is 10D: due 2026-03-31, one after the other 2026-03-27
a dictionary of terms with 2W, asked for 14D: two weeks
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "quantlib-two-weeks: it behaves otherwise than it did" >&2; exit 1; }
echo ok
