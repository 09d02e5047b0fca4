#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: readers of iCalendar agree on an event with dates of its own (RDATE) and no rule: its
# beginning and each of the dates, as RFC 5545 says.
#
# Seen: of three appointments recurring-ical-events 3.8.2 finds three. icalevents 0.3.1 finds the
# first and drops the dates. ical 14.3.1 and vobject 0.9.9 find the dates and drop the first; with a
# rule beside them icalevents still drops them, ical and vobject have all. Where the dates are periods,
# ical takes the first's length for all of them, and vobject has none. Nobody reports an error.
#
# Matters: a course of home visits on chosen days; the car comes to one of three, or to all but the
# first.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    recurring-ical-events==3.8.2 icalendar==7.3.2 icalevents==0.3.1 ical==14.3.1 vobject==0.9.9

seen=$("$work/venv/bin/python" -W ignore - <<'PY'
import datetime
from importlib.metadata import version

import icalendar
import recurring_ical_events
import vobject
from ical.calendar_stream import IcsCalendarStream
from icalevents.icalparser import parse_events

first = datetime.datetime(2026, 3, 1, tzinfo=datetime.timezone.utc)
last = datetime.datetime(2026, 5, 1, tzinfo=datetime.timezone.utc)


def recurring(text):
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(first, last)
    return [(event.start, event.end) for event in found]


def icalevents(text):
    found = parse_events(text, start=first, end=last)
    return [(event.start, event.end) for event in found]


def ical(text):
    found = IcsCalendarStream.calendar_from_ics(text).timeline.overlapping(first, last)
    return [(event.dtstart, event.end) for event in found]


def vobject_(text):
    event = vobject.readOne(text).vevent
    return [(start, start + event.duration.value) for start in event.rruleset]


for name in ("recurring-ical-events", "icalevents", "ical", "vobject"):
    print(f"{name} {version(name)}")
for lines in (
    ["RDATE:20260310T040000Z,20260312T100000Z"],
    ["RRULE:FREQ=WEEKLY;COUNT=2", "RDATE:20260310T040000Z,20260312T100000Z"],
    ["RDATE;VALUE=PERIOD:20260310T040000Z/PT3H,20260312T100000Z/PT2H"],
):
    text = "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//visits//EN", "BEGIN:VEVENT", "UID:1",
         "DTSTAMP:20260301T000000Z", "DTSTART:20260302T040000Z", "DURATION:PT1H", "SUMMARY:visit"]
        + lines + ["END:VEVENT", "END:VCALENDAR", ""]
    )
    print(*lines)
    for name, read in (
        ("recurring-ical-events", recurring), ("icalevents", icalevents), ("ical", ical),
        ("vobject", vobject_),
    ):
        seen = [f"{start:%d.%m. %H:%M}-{end:%H:%M}" for start, end in sorted(read(text))]
        print(f"  {name}: {', '.join(seen) or 'nothing'}")
PY
)
expected=$(cat <<'TEXT'
recurring-ical-events 3.8.2
icalevents 0.3.1
ical 14.3.1
vobject 0.9.9
RDATE:20260310T040000Z,20260312T100000Z
  recurring-ical-events: 02.03. 04:00-05:00, 10.03. 04:00-05:00, 12.03. 10:00-11:00
  icalevents: 02.03. 04:00-05:00
  ical: 10.03. 04:00-05:00, 12.03. 10:00-11:00
  vobject: 10.03. 04:00-05:00, 12.03. 10:00-11:00
RRULE:FREQ=WEEKLY;COUNT=2 RDATE:20260310T040000Z,20260312T100000Z
  recurring-ical-events: 02.03. 04:00-05:00, 09.03. 04:00-05:00, 10.03. 04:00-05:00, 12.03. 10:00-11:00
  icalevents: 02.03. 04:00-05:00, 09.03. 04:00-05:00
  ical: 02.03. 04:00-05:00, 09.03. 04:00-05:00, 10.03. 04:00-05:00, 12.03. 10:00-11:00
  vobject: 02.03. 04:00-05:00, 09.03. 04:00-05:00, 10.03. 04:00-05:00, 12.03. 10:00-11:00
RDATE;VALUE=PERIOD:20260310T040000Z/PT3H,20260312T100000Z/PT2H
  recurring-ical-events: 02.03. 04:00-05:00, 10.03. 04:00-07:00, 12.03. 10:00-12:00
  icalevents: 02.03. 04:00-05:00
  ical: 10.03. 04:00-05:00, 12.03. 10:00-11:00
  vobject: nothing
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "ical-rdate: it behaves otherwise than it did" >&2; exit 1; }
echo ok
