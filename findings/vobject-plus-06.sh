#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: vobject writes two appointments, at 16:05 in Almaty and at 16:05 in Omsk, so that each reads
# back as the moment that it was.
#
# Seen: vobject 0.9.9 names a zone of Python's zoneinfo by the letters that the zone had in 2000: '+06'
# for Almaty, Omsk and Novosibirsk, which are +05:00, +06:00 and +07:00 today. A file has one VTIMEZONE
# of that name, of the zone that was written first, so all its times are that zone's: read back, by
# vobject and by icalendar 7.3.2, 16:05 in Novosibirsk is two hours later when Almaty came first. Later
# files of the same process keep that zone too. With zones of pytz the name is the zone's own. Almaty's
# rules are besides late: its change of 1 March 2024 stands on 1 January 2025.
#
# Matters: a calendar of offices in several zones sends people hours too late or too early, and which
# ones depends on the order of the appointments.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    vobject==0.9.9 icalendar==7.3.2 pytz==2026.6 tzdata==2026.6

seen=$(PYTHONTZPATH= "$work/venv/bin/python" - <<'PY'
import datetime
from importlib.metadata import version
from zoneinfo import ZoneInfo

import icalendar
import pytz
import vobject

print(", ".join(f"{name} {version(name)}" for name in ("vobject", "icalendar")))
UTC = datetime.timezone.utc


def show(times):
    calendar = vobject.iCalendar()
    for time in times:
        event = calendar.add("vevent")
        event.add("dtstart").value = time
        event.add("uid").value = "visit"
    text = calendar.serialize()
    own = [event.dtstart.value for event in vobject.readOne(text).vevent_list]
    other = [event["DTSTART"].dt for event in icalendar.Calendar.from_ical(text).walk("VEVENT")]
    lines = [line for line in text.split("\r\n") if line.startswith("DTSTART;")]
    for was, line, first, second in zip(times, lines, own, other):
        print(f"  {was.tzinfo} {line} was {was.astimezone(UTC):%H:%M}, "
              f"read as {first.astimezone(UTC):%H:%M} and {second.astimezone(UTC):%H:%M} UTC")


noon = datetime.datetime(2026, 3, 19, 16, 5)
names = ("Asia/Almaty", "Asia/Omsk", "Asia/Novosibirsk")
print("zoneinfo:")
show([noon.replace(tzinfo=ZoneInfo(name)) for name in names])
print("zoneinfo, another calendar:")
show([noon.replace(tzinfo=ZoneInfo(name)) for name in reversed(names)])
print("zoneinfo, the year of the change:")
show([datetime.datetime(2024, 10, 1, 16, 5, tzinfo=ZoneInfo("Asia/Almaty"))])
print("pytz:")
show([pytz.timezone(name).localize(noon) for name in names])
PY
)
expected=$(cat <<'TEXT'
vobject 0.9.9, icalendar 7.3.2
zoneinfo:
  Asia/Almaty DTSTART;TZID=+06:20260319T160500 was 11:05, read as 11:05 and 11:05 UTC
  Asia/Omsk DTSTART;TZID=+06:20260319T160500 was 10:05, read as 11:05 and 11:05 UTC
  Asia/Novosibirsk DTSTART;TZID=+06:20260319T160500 was 09:05, read as 11:05 and 11:05 UTC
zoneinfo, another calendar:
  Asia/Novosibirsk DTSTART;TZID=+06:20260319T160500 was 09:05, read as 11:05 and 11:05 UTC
  Asia/Omsk DTSTART;TZID=+06:20260319T160500 was 10:05, read as 11:05 and 11:05 UTC
  Asia/Almaty DTSTART;TZID=+06:20260319T160500 was 11:05, read as 11:05 and 11:05 UTC
zoneinfo, the year of the change:
  Asia/Almaty DTSTART;TZID=+06:20241001T160500 was 11:05, read as 11:05 and 10:05 UTC
pytz:
  Asia/Almaty DTSTART;TZID=Asia/Almaty:20260319T160500 was 11:05, read as 11:05 and 11:05 UTC
  Asia/Omsk DTSTART;TZID=Asia/Omsk:20260319T160500 was 10:05, read as 10:05 and 10:05 UTC
  Asia/Novosibirsk DTSTART;TZID=Asia/Novosibirsk:20260319T160500 was 09:05, read as 09:05 and 09:05 UTC
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "vobject-plus-06: it behaves otherwise than it did" >&2; exit 1; }
echo ok
