#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: times with a TZID are read by the VTIMEZONE that stands in the same file (RFC 5545,
# 3.2.19).
#
# Seen: icalendar 7.3.0 passes over it where the system's database has the name, and otherwise
# keeps the first VTIMEZONE of a name for the whole process: the second file's +05:00 is read as
# +06:00, the first file's. vobject 0.9.9 keeps the first too. ics 0.7.3 takes such a zone for
# UTC.
#
# Matters: offices whose systems all call their zone 'Office' are an hour apart, by the order in
# which their files were read.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    icalendar==7.3.0 vobject==0.9.9 ics==0.7.3 \
    tzdata==2026.6

seen=$(PYTHONTZPATH= "$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

import ics
import icalendar
import vobject

names = ("icalendar", "vobject", "ics")
print(", ".join(f"{name} {version(name)}" for name in names))
FILE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//an office//EN
BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:{offset}
TZOFFSETTO:{offset}
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:1
DTSTAMP:20260301T000000Z
DTSTART;TZID={name}:20260319T160500
DURATION:PT30M
SUMMARY:Reception
END:VEVENT
END:VCALENDAR
"""
for name, offset in (("Asia/Almaty", "+0600"), ("Office", "+0600"), ("Office", "+0500")):
    text = FILE.format(name=name, offset=offset).replace("\n", "\r\n")
    [event] = icalendar.Calendar.from_ical(text).walk("VEVENT")
    [third] = ics.Calendar(text).events
    times = (event["DTSTART"].dt, vobject.readOne(text).vevent.dtstart.value, third.begin)
    print(f"{name} with a VTIMEZONE of {offset}: "
          + ", ".join(f"{one} {time.isoformat()}" for one, time in zip(names, times)))
PY
)
expected=$(cat <<'TEXT'
icalendar 7.3.0, vobject 0.9.9, ics 0.7.3
Asia/Almaty with a VTIMEZONE of +0600: icalendar 2026-03-19T16:05:00+05:00, vobject 2026-03-19T16:05:00+06:00, ics 2026-03-19T16:05:00+05:00
Office with a VTIMEZONE of +0600: icalendar 2026-03-19T16:05:00+06:00, vobject 2026-03-19T16:05:00+06:00, ics 2026-03-19T16:05:00+00:00
Office with a VTIMEZONE of +0500: icalendar 2026-03-19T16:05:00+06:00, vobject 2026-03-19T16:05:00+06:00, ics 2026-03-19T16:05:00+00:00
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "icalendar-vtimezone: it behaves otherwise than it did" >&2; exit 1; }
echo ok
