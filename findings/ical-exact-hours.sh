#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: an event of PT6H lasts six hours and one of P1D ends at the same time of the next day, also
# where the clock is set back in between: RFC 5545, 3.3.6, says that days are nominal and hours exact.
#
# Seen: none of four readers does so. From 20:00 of 29 February 2024 in Almaty, whose clock went back at
# 24:00, icalendar 7.3.2 (also by recurring-ical-events 3.8.2), ical 14.3.1 and ics 0.7.3 end PT6H at
# 02:00, which is seven hours, and PT24H after 25; to icalevents 0.3.1 P1D is 24 hours and ends at 19:00.
# An alarm 4.5 hours after the beginning rings after 5.5 with icalendar.
#
# Matters: a watch, a hearing or a term given in hours ends an hour late, or one in days an hour early,
# by the reader that the other office has.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    icalendar==7.3.2 recurring-ical-events==3.8.2 ical==14.3.1 icalevents==0.3.1 ics==0.7.3 \
    tzdata==2026.6

cat >"$work/look.py" <<'PY'
import datetime
import importlib
import sys
from importlib.metadata import version
from zoneinfo import ZoneInfo

almaty = ZoneInfo("Asia/Almaty")
first = datetime.datetime(2024, 2, 1, tzinfo=datetime.timezone.utc)
last = datetime.datetime(2024, 4, 1, tzinfo=datetime.timezone.utc)


def icalendar(text):
    calendar = importlib.import_module("icalendar").Calendar.from_ical(text)
    event = calendar.walk("VEVENT")[0]
    return event.start, event.end


def recurring_ical_events(text):
    calendar = importlib.import_module("icalendar").Calendar.from_ical(text)
    event = importlib.import_module("recurring_ical_events").of(calendar).between(first, last)[0]
    return event.start, event.end


def ical(text):
    stream = importlib.import_module("ical.calendar_stream").IcsCalendarStream
    event = stream.calendar_from_ics(text).events[0]
    return event.start, event.end


def ics(text):
    event = next(iter(importlib.import_module("ics").Calendar(text).events))
    return event.begin.datetime, event.end.datetime


def icalevents(text):
    event = importlib.import_module("icalevents.icalparser").parse_events(text, start=first, end=last)[0]
    return event.start, event.end


def event(duration, more=()):
    return "\r\n".join([
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", "BEGIN:VEVENT", "UID:1",
        "DTSTAMP:20240101T000000Z", "DTSTART;TZID=Asia/Almaty:20240229T200000",
        f"DURATION:{duration}", "SUMMARY:Watch", *more, "END:VEVENT", "END:VCALENDAR", "",
    ])


def told(start, end):
    hours = (end.timestamp() - start.timestamp()) / 3600
    return f"{end.astimezone(almaty):%d %b %H:%M}, {hours:g} h"


# A process for each reader, as they are not independent of each other.
name = sys.argv[1]
seen = [f"{duration} to {told(*globals()[name](event(duration)))}" for duration in ("PT6H", "PT24H", "P1D")]
print(f"{name} {version(name)}: {'; '.join(seen)}")
if name == "icalendar":
    alarm = ["BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Round", "TRIGGER:PT4H30M", "END:VALARM"]
    calendar = importlib.import_module("icalendar").Calendar.from_ical(event("PT6H", alarm))
    watch = calendar.walk("VEVENT")[0]
    print(f"  alarm after PT4H30M: {told(watch.start, watch.alarms.times[0].trigger)}")
PY
seen=$(
    for reader in icalendar recurring_ical_events ical ics icalevents; do
        "$work/venv/bin/python" -W ignore "$work/look.py" "$reader"
    done
)
expected=$(cat <<'TEXT'
icalendar 7.3.2: PT6H to 01 Mar 02:00, 7 h; PT24H to 01 Mar 20:00, 25 h; P1D to 01 Mar 20:00, 25 h
  alarm after PT4H30M: 01 Mar 00:30, 5.5 h
recurring_ical_events 3.8.2: PT6H to 01 Mar 02:00, 7 h; PT24H to 01 Mar 20:00, 25 h; P1D to 01 Mar 20:00, 25 h
ical 14.3.1: PT6H to 01 Mar 02:00, 7 h; PT24H to 01 Mar 20:00, 25 h; P1D to 01 Mar 20:00, 25 h
ics 0.7.3: PT6H to 01 Mar 02:00, 7 h; PT24H to 01 Mar 20:00, 25 h; P1D to 01 Mar 20:00, 25 h
icalevents 0.3.1: PT6H to 01 Mar 01:00, 6 h; PT24H to 01 Mar 19:00, 24 h; P1D to 01 Mar 19:00, 24 h
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "ical-exact-hours: it behaves otherwise than it did" >&2; exit 1; }
echo ok
