#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: BYDAY is a list of days, and an event falls on each of them (RFC 5545, 3.3.10): 1SA,SU is
# the first Saturday of the month and all Sundays.
#
# Seen: python-dateutil 2.9.0 keeps days with a number and days without apart, and takes only days
# that are in both: 1SA,SU is never, without an error; 1SA,SA is the first Saturday only. Lists of
# one kind are right. recurring-ical-events 3.8.2, which stands on it, shows the first event and no
# other.
#
# Matters: an office open on all Sundays and the first Saturday of the month, or a visit so
# repeated, has no such day at all.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    python-dateutil==2.9.0.post0 recurring-ical-events==3.8.2 icalendar==7.3.2

seen=$("$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

import icalendar
import recurring_ical_events
from dateutil.rrule import rrulestr

names = ("python-dateutil", "recurring-ical-events")
print(", ".join(f"{name} {version(name)}" for name in names))
FILE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//an office//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
DTSTART:20260301T090000
DURATION:PT4H
RRULE:{rule}
SUMMARY:Reception
END:VEVENT
END:VCALENDAR
"""
# 1 March 2026 is a Sunday.
for days in ("1SA,SU", "1SA,1SU", "SA,SU", "1SA,SA"):
    rule = f"FREQ=MONTHLY;BYDAY={days};UNTIL=20260331T235959"
    own = [day.day for day in rrulestr(f"DTSTART:20260301T090000\nRRULE:{rule}")]
    calendar = icalendar.Calendar.from_ical(FILE.format(rule=rule).replace("\n", "\r\n"))
    events = recurring_ical_events.of(calendar).between((2026, 3, 1), (2026, 4, 1))
    print(f"{days} in March 2026: dateutil {own}, events {[event.start.day for event in events]}")
PY
)
expected=$(cat <<'TEXT'
python-dateutil 2.9.0.post0, recurring-ical-events 3.8.2
1SA,SU in March 2026: dateutil [], events [1]
1SA,1SU in March 2026: dateutil [1, 7], events [1, 7]
SA,SU in March 2026: dateutil [1, 7, 8, 14, 15, 21, 22, 28, 29], events [1, 7, 8, 14, 15, 21, 22, 28, 29]
1SA,SA in March 2026: dateutil [7], events [1, 7]
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "dateutil-nth-and-each: it behaves otherwise than it did" >&2; exit 1; }
echo ok
