#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: two objects of human-friendly-opening-hours' OpeningHours are the hours of two offices.
#
# Seen: human-friendly-opening-hours 0.0.6 has one list for all of them: what is added to the one is in the
# other too, so an office that is open on Saturday only describes itself as open on Monday. It counts the
# moment of closing as open as well, 18:00:00, but not 18:00:01, and hours over midnight as never open.
#
# Matters: from the second office on, a site with several shows each the hours of all, and sends people to
# closed doors; a test with one office sees nothing.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    human-friendly-opening-hours==0.0.6

seen=$("$work/venv/bin/python" - <<'PY'
import datetime
from importlib.metadata import version

from human_friendly_opening_hours import Opening, OpeningHours, Weekdays

print(f"human-friendly-opening-hours {version('human-friendly-opening-hours')}")


def described(hours):
    return "; ".join(str(one) for one in hours.opening_hours_description())


first, second = OpeningHours(), OpeningHours()
first.add_opening(Opening(Weekdays.mon, datetime.time(9), datetime.time(18)))
print(f"after the first office's Monday: {described(first)} | {described(second)}")
second.add_opening(Opening(Weekdays.sat, datetime.time(10), datetime.time(14)))
print(f"after the second's Saturday: {described(first)} | {described(second)}")
third = OpeningHours()
third.add_opening(Opening(Weekdays.thu, datetime.time(22), datetime.time(2)))
for day, clock in ((16, "12:00:00"), (16, "18:00:00"), (16, "18:00:01"), (19, "23:00:00"), (20, "01:00:00")):
    moment = datetime.datetime.fromisoformat(f"2026-03-{day}T{clock}")
    print(f"{moment:%A} {clock}, the third office, of Thursday night: {third.is_open(moment)}")
PY
)
expected=$(cat <<'TEXT'
human-friendly-opening-hours 0.0.6
after the first office's Monday: Monday: 09:00 to 18:00 | Monday: 09:00 to 18:00
after the second's Saturday: Monday: 09:00 to 18:00; Saturday: 10:00 to 14:00 | Monday: 09:00 to 18:00; Saturday: 10:00 to 14:00
Monday 12:00:00, the third office, of Thursday night: True
Monday 18:00:00, the third office, of Thursday night: True
Monday 18:00:01, the third office, of Thursday night: False
Thursday 23:00:00, the third office, of Thursday night: False
Friday 01:00:00, the third office, of Thursday night: False
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "opening-hours-one-list: it behaves otherwise than it did" >&2; exit 1; }
echo ok
