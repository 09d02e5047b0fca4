#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: icalendar writes what it read; a comma or semicolon that separates values is not escaped
# like one that is text.
#
# Seen: icalendar 7.3.2 knows lists in CATEGORIES only. RESOURCES 'Window 7,Printer' of two
# resources comes out as one, 'Window 7\,Printer', and REQUEST-STATUS '2.0;Success' as
# '2.0\;Success', one text instead of code and words. GEO and X- properties keep theirs. vobject
# 0.9.9 keeps all of these, but of an X- property '1;2,3' it writes '1\;2', without the rest.
#
# Matters: a service that passes visits on takes the window and the printer of a booking for one
# thing, and an answer to an invitation no longer says 2.0.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    icalendar==7.3.2 vobject==0.9.9

seen=$("$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

import icalendar
import vobject

print(f"icalendar {version('icalendar')}, vobject {version('vobject')}")
FILE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//an office//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20260301T000000Z
DTSTART:20260319T110500Z
{line}
END:VEVENT
END:VCALENDAR
"""
for line in (
    "CATEGORIES:Passport,Child",
    "RESOURCES:Window 7,Printer",
    "REQUEST-STATUS:2.0;Success",
    "REQUEST-STATUS:3.1;Invalid property value;DTSTART:96-Apr-01",
    "GEO:43.238949;76.889709",
    "X-SLOT:1;2,3",
):
    text = FILE.format(line=line).replace("\n", "\r\n")
    written = {
        "icalendar": icalendar.Calendar.from_ical(text).to_ical().decode(),
        "vobject": vobject.readOne(text).serialize(),
    }
    name = line.split(":")[0]
    for who, all in written.items():
        [seen] = [one for one in all.replace("\r\n ", "").splitlines() if one.startswith(name)]
        print(f"{line}, {who}: {'kept' if seen == line else seen}")
PY
)
expected=$(cat <<'TEXT'
icalendar 7.3.2, vobject 0.9.9
CATEGORIES:Passport,Child, icalendar: kept
CATEGORIES:Passport,Child, vobject: kept
RESOURCES:Window 7,Printer, icalendar: RESOURCES:Window 7\,Printer
RESOURCES:Window 7,Printer, vobject: kept
REQUEST-STATUS:2.0;Success, icalendar: REQUEST-STATUS:2.0\;Success
REQUEST-STATUS:2.0;Success, vobject: kept
REQUEST-STATUS:3.1;Invalid property value;DTSTART:96-Apr-01, icalendar: REQUEST-STATUS:3.1\;Invalid property value\;DTSTART:96-Apr-01
REQUEST-STATUS:3.1;Invalid property value;DTSTART:96-Apr-01, vobject: kept
GEO:43.238949;76.889709, icalendar: kept
GEO:43.238949;76.889709, vobject: kept
X-SLOT:1;2,3, icalendar: kept
X-SLOT:1;2,3, vobject: X-SLOT:1\;2
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "icalendar-separators: it behaves otherwise than it did" >&2; exit 1; }
echo ok
