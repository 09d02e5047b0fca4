#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: a CalDAV server that is asked for free and busy time calls an event of a whole day busy on
# that day. RFC 5545 gives an event with a date and no end one day.
#
# Seen: Xandikos 0.4.10 calls it busy for P0D, no time at all, and one that recurs as well. Radicale
# 3.9.0 has the day, but where it recurs, each is busy for one second, from 00:00:00 to 00:00:01. With
# an end or a duration in the event both have the whole day.
#
# Matters: an office's day off each week is offered for appointments; the calendar shows it right.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    xandikos==0.4.10 radicale==3.9.0

cd "$work"
cat >look.py <<'PY'
import base64
import socket
import subprocess
import time
import urllib.request
from importlib.metadata import version


def ask(method, url, text="", kind="application/xml"):
    headers = {"Authorization": "Basic " + base64.b64encode(b"office:").decode(), "Depth": "1"}
    if text:
        headers["Content-Type"] = kind
    request = urllib.request.Request(url, text.encode() or None, method=method, headers=headers)
    return urllib.request.urlopen(request, timeout=20).read().decode().replace("\r\n ", "")


query = """<?xml version="1.0"?><C:free-busy-query xmlns:C="urn:ietf:params:xml:ns:caldav">
<C:time-range start="20260319T000000Z" end="20260323T000000Z"/></C:free-busy-query>"""
for name, folder, options in (
    ("xandikos", "calendars/", "serve --defaults --current-user-principal /office/ -d first -l 127.0.0.1 -p {}"),
    ("radicale", "", "--auth-type none --storage-filesystem-folder second -H 127.0.0.1:{}"),
):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen([f"venv/bin/{name}", *options.format(port).split()], stderr=subprocess.DEVNULL)
    try:
        for _ in range(150):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.2)
        calendar = f"http://127.0.0.1:{port}/office/{folder}days/"
        ask("MKCALENDAR", calendar)
        print(f"{name} {version(name)}")
        for date, rule in ((20260320, []), (20260301, ["RRULE:FREQ=WEEKLY"])):
            for end in ([], [f"DTEND;VALUE=DATE:{date + 1}"], ["DURATION:P1D"]):
                lines = [f"DTSTART;VALUE=DATE:{date}", *rule, *end]
                ask("PUT", calendar + "day.ics", "\r\n".join([
                    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//office//EN", "BEGIN:VEVENT", "UID:day",
                    "DTSTAMP:20260301T000000Z", *lines, "END:VEVENT", "END:VCALENDAR", ""]), "text/calendar")
                busy = [line.rsplit(":", 1)[1] for line in ask("REPORT", calendar, query).split("\r\n")
                        if line.startswith("FREEBUSY")]
                print(f"  {' '.join(lines)}: {', '.join(busy) or 'nothing'}")
                ask("DELETE", calendar + "day.ics")
    finally:
        server.terminate()
        server.wait()
PY
seen=$("$work/venv/bin/python" look.py)
expected=$(cat <<'TEXT'
xandikos 0.4.10
  DTSTART;VALUE=DATE:20260320: 20260320T000000Z/P0D
  DTSTART;VALUE=DATE:20260320 DTEND;VALUE=DATE:20260321: 20260320T000000Z/20260321T000000Z
  DTSTART;VALUE=DATE:20260320 DURATION:P1D: 20260320T000000Z/P1D
  DTSTART;VALUE=DATE:20260301 RRULE:FREQ=WEEKLY: 20260322T000000Z/P0D
  DTSTART;VALUE=DATE:20260301 RRULE:FREQ=WEEKLY DTEND;VALUE=DATE:20260302: 20260322T000000Z/20260323T000000Z
  DTSTART;VALUE=DATE:20260301 RRULE:FREQ=WEEKLY DURATION:P1D: 20260322T000000Z/P1D
radicale 3.9.0
  DTSTART;VALUE=DATE:20260320: 20260320T000000Z/20260321T000000Z
  DTSTART;VALUE=DATE:20260320 DTEND;VALUE=DATE:20260321: 20260320T000000Z/20260321T000000Z
  DTSTART;VALUE=DATE:20260320 DURATION:P1D: 20260320T000000Z/20260321T000000Z
  DTSTART;VALUE=DATE:20260301 RRULE:FREQ=WEEKLY: 20260322T000000Z/20260322T000001Z
  DTSTART;VALUE=DATE:20260301 RRULE:FREQ=WEEKLY DTEND;VALUE=DATE:20260302: 20260322T000000Z/20260323T000000Z
  DTSTART;VALUE=DATE:20260301 RRULE:FREQ=WEEKLY DURATION:P1D: 20260322T000000Z/20260323T000000Z
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "caldav-day-off: it behaves otherwise than it did" >&2; exit 1; }
echo ok
