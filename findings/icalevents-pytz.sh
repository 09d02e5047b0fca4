#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: an import of one library of calendars leaves alone what another one in the same program reads.
#
# Seen: icalevents 0.3.1 switches icalendar 7.3.2 to the zones of pytz for the whole process, by the
# import alone. With those a sum of time and duration keeps the offset of the beginning: an event of
# P1D from 20:00 of 29 February 2024 in Almaty, whose clock went back that night, ends at 20:00 of the
# next day before the import. After it icalendar has 20:00+06:00, an offset that was no longer in force,
# which is 19:00; recurring-ical-events 3.8.2 has 19:00, too.
#
# Matters: a term of a day is an hour shorter since another part of the server reads a feed, and the
# tests of the part alone do not show it.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    icalevents==0.3.1 icalendar==7.3.2 recurring-ical-events==3.8.2 pytz==2026.6 tzdata==2026.6

seen=$("$work/venv/bin/python" -W ignore - <<'PY'
import datetime
from importlib.metadata import version
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

text = "\r\n".join([
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", "BEGIN:VEVENT", "UID:1",
    "DTSTAMP:20240101T000000Z", "DTSTART;TZID=Asia/Almaty:20240229T200000",
    "DURATION:P1D", "SUMMARY:Term", "END:VEVENT", "END:VCALENDAR", "",
])
days = datetime.date(2024, 2, 1), datetime.date(2024, 4, 1)


def look(when):
    calendar = icalendar.Calendar.from_ical(text)
    event = calendar.walk("VEVENT")[0]
    occurrence = recurring_ical_events.of(calendar).between(*days)[0]
    print(f"{when}: zones of {type(event.start.tzinfo).__module__.split('.')[0]}")
    for name, end in (("icalendar", event.end), ("recurring-ical-events", occurrence.end)):
        there = end.astimezone(ZoneInfo("Asia/Almaty"))
        print(f"  {name} {version(name)}: end {end.isoformat()}, in Almaty {there:%d %b %H:%M}")


look("before the import")
import icalevents.icalevents  # noqa: E402

look(f"after that of icalevents {version('icalevents')}")
PY
)
expected=$(cat <<'TEXT'
before the import: zones of zoneinfo
  icalendar 7.3.2: end 2024-03-01T20:00:00+05:00, in Almaty 01 Mar 20:00
  recurring-ical-events 3.8.2: end 2024-03-01T20:00:00+05:00, in Almaty 01 Mar 20:00
after that of icalevents 0.3.1: zones of pytz
  icalendar 7.3.2: end 2024-03-01T20:00:00+06:00, in Almaty 01 Mar 19:00
  recurring-ical-events 3.8.2: end 2024-03-01T19:00:00+05:00, in Almaty 01 Mar 19:00
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "icalevents-pytz: it behaves otherwise than it did" >&2; exit 1; }
echo ok
