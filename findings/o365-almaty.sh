#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: O365, a client of Microsoft 365's calendars, names Almaty's zone as other clients do, and
# reads it back as +05:00, which it has had since March 2024.
#
# Seen: O365 2.1.10 takes Windows' name from a table of its own: for Almaty and Qostanay it is
# 'Central Asia Standard Time', which CLDR's newer table, in exchangelib 5.6.0 and tzlocal 5.4.5,
# has for Bishkek, +06:00, with 'West Asia Standard Time' for Almaty. An event of 16:05+05:00 is sent
# with that name; exchangelib and icalendar 7.3.2 read it as 16:05+06:00, and so does O365 itself,
# which makes of the name Indian/Chagos.
#
# Matters: a reception put into an employee's calendar at 16:05 is read there as 15:05.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    O365==2.1.10 icalendar==7.3.2 exchangelib==5.6.0 tzlocal==5.4.5 tzdata==2026.6

seen=$(PYTHONTZPATH= "$work/venv/bin/python" - <<'PY'
import datetime
from importlib.metadata import version
from zoneinfo import ZoneInfo

import icalendar
from exchangelib.winzone import CLDR_TO_MS_TIMEZONE_MAP, MS_TIMEZONE_TO_IANA_MAP
from O365.calendar import Event
from O365.connection import Connection, MSGraphProtocol
from O365.utils import get_iana_tz, get_windows_tz
from tzlocal.windows_tz import tz_win

print(", ".join(f"{name} {version(name)}" for name in ("O365", "exchangelib", "tzlocal", "icalendar", "tzdata")))
naive = datetime.datetime(2026, 3, 19, 16, 5)
for zone in ("Asia/Almaty", "Asia/Qostanay", "Asia/Qyzylorda", "Asia/Aqtobe"):
    print(f"{zone}, {naive.replace(tzinfo=ZoneInfo(zone)):%z}: O365 {get_windows_tz(zone)}, "
          f"exchangelib {CLDR_TO_MS_TIMEZONE_MAP[zone][0]}, tzlocal {tz_win[zone]}")

# An event that O365 would send, nothing is sent.
event = Event(parent=None, protocol=MSGraphProtocol(timezone=ZoneInfo("Asia/Almaty")), con=Connection(("id", "secret")))
event.start = naive
sent = event.to_api_data()["start"]
print(f"O365 sends of {event.start.isoformat()}: {sent}")
name, start = sent["timeZone"], datetime.datetime.fromisoformat(sent["dateTime"])
print(f"read by O365: {start.replace(tzinfo=get_iana_tz(name)).isoformat()}, {get_iana_tz(name)}")
print(f"read by exchangelib: {start.replace(tzinfo=ZoneInfo(MS_TIMEZONE_TO_IANA_MAP[name])).isoformat()}, "
      f"{MS_TIMEZONE_TO_IANA_MAP[name]}")
file = f"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//an office//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20260301T000000Z
DTSTART;TZID={name}:{start:%Y%m%dT%H%M%S}
END:VEVENT
END:VCALENDAR
"""
[read] = icalendar.Calendar.from_ical(file.replace("\n", "\r\n")).walk("VEVENT")
print(f"read by icalendar: {read['DTSTART'].dt.isoformat()}")
PY
)
expected=$(cat <<'TEXT'
O365 2.1.10, exchangelib 5.6.0, tzlocal 5.4.5, icalendar 7.3.2, tzdata 2026.6
Asia/Almaty, +0500: O365 Central Asia Standard Time, exchangelib West Asia Standard Time, tzlocal West Asia Standard Time
Asia/Qostanay, +0500: O365 Central Asia Standard Time, exchangelib West Asia Standard Time, tzlocal West Asia Standard Time
Asia/Qyzylorda, +0500: O365 Qyzylorda Standard Time, exchangelib Qyzylorda Standard Time, tzlocal Qyzylorda Standard Time
Asia/Aqtobe, +0500: O365 West Asia Standard Time, exchangelib West Asia Standard Time, tzlocal West Asia Standard Time
O365 sends of 2026-03-19T16:05:00+05:00: {'dateTime': '2026-03-19T16:05:00', 'timeZone': 'Central Asia Standard Time'}
read by O365: 2026-03-19T16:05:00+06:00, Indian/Chagos
read by exchangelib: 2026-03-19T16:05:00+06:00, Asia/Bishkek
read by icalendar: 2026-03-19T16:05:00+06:00
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "o365-almaty: it behaves otherwise than it did" >&2; exit 1; }
echo ok
