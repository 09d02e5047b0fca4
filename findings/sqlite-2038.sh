#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: SQLite's 'localtime' and 'utc' use the system's zone for all dates: in Almaty +05:00 from
# March 2024 on, without summer time.
#
# Seen: SQLite asks the C library only until 18 January 2038. A later date gets the offset of the
# same day in one of the years 2000 to 2003: Almaty is at +06:00 in the winter and, as it then had
# summer time, at +07:00 in the summer, two hours too late, though date and Python have +05:00. Seen
# with 3.40.1 of Debian 12 and 3.54.1 of apsw; Moscow is at +04:00 in the summer.
#
# Matters: a permit for fifteen years that ends on 1 June 2041 at 23:59 of Almaty is stored as
# 16:59 UTC and is over two hours early; what ends at 22:00 is shown as the next day.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check apsw==3.54.1.0

cd "$work"
apt-get download -q sqlite3=3.40.1-2+deb12u2 libsqlite3-0=3.40.1-2+deb12u2 >apt.log 2>&1 ||
    { cat apt.log >&2; exit 1; }
for file in *.deb; do dpkg -x "$file" .; done

cat >look.py <<'PY'
import datetime
import os
import subprocess
import time
from zoneinfo import ZoneInfo

import apsw

env = dict(os.environ, LD_LIBRARY_PATH=os.path.dirname(os.path.realpath("libsqlite3.so.0")))


def debian(query):
    return subprocess.run(
        ["usr/bin/sqlite3", ":memory:", query], env=env, capture_output=True, text=True, check=True
    ).stdout.strip()


def own(query):
    return apsw.Connection(":memory:").execute(query).get


print(f"SQLite {debian('select sqlite_version()')}, {own('select sqlite_version()')} of apsw")
for zone in ("Asia/Almaty", "Europe/Moscow"):
    os.environ["TZ"] = env["TZ"] = zone
    time.tzset()
    print(zone)
    for utc in ("2026-06-01 12:00", "2037-06-01 12:00", "2038-01-15 12:00", "2038-01-25 12:00",
                "2041-06-01 12:00", "2041-06-01 17:00"):
        query = f"select strftime('%Y-%m-%d %H:%M', '{utc}', 'localtime')"
        moment = datetime.datetime.fromisoformat(utc + "+00:00").astimezone(ZoneInfo(zone))
        print(f"  {utc} UTC is {debian(query)}, {own(query)}, zoneinfo {moment:%Y-%m-%d %H:%M}")
    query = "select strftime('%Y-%m-%d %H:%M', '2041-06-01 23:59', 'utc')"
    print(f"  2041-06-01 23:59 is {debian(query)} UTC, {own(query)} UTC")
PY
ln -s "$(ls usr/lib/*/libsqlite3.so.0)" .
seen=$("$work/venv/bin/python" look.py)
expected=$(cat <<'TEXT'
SQLite 3.40.1, 3.54.1 of apsw
Asia/Almaty
  2026-06-01 12:00 UTC is 2026-06-01 17:00, 2026-06-01 17:00, zoneinfo 2026-06-01 17:00
  2037-06-01 12:00 UTC is 2037-06-01 17:00, 2037-06-01 17:00, zoneinfo 2037-06-01 17:00
  2038-01-15 12:00 UTC is 2038-01-15 17:00, 2038-01-15 17:00, zoneinfo 2038-01-15 17:00
  2038-01-25 12:00 UTC is 2038-01-25 18:00, 2038-01-25 18:00, zoneinfo 2038-01-25 17:00
  2041-06-01 12:00 UTC is 2041-06-01 19:00, 2041-06-01 19:00, zoneinfo 2041-06-01 17:00
  2041-06-01 17:00 UTC is 2041-06-02 00:00, 2041-06-02 00:00, zoneinfo 2041-06-01 22:00
  2041-06-01 23:59 is 2041-06-01 16:59 UTC, 2041-06-01 16:59 UTC
Europe/Moscow
  2026-06-01 12:00 UTC is 2026-06-01 15:00, 2026-06-01 15:00, zoneinfo 2026-06-01 15:00
  2037-06-01 12:00 UTC is 2037-06-01 15:00, 2037-06-01 15:00, zoneinfo 2037-06-01 15:00
  2038-01-15 12:00 UTC is 2038-01-15 15:00, 2038-01-15 15:00, zoneinfo 2038-01-15 15:00
  2038-01-25 12:00 UTC is 2038-01-25 15:00, 2038-01-25 15:00, zoneinfo 2038-01-25 15:00
  2041-06-01 12:00 UTC is 2041-06-01 16:00, 2041-06-01 16:00, zoneinfo 2041-06-01 15:00
  2041-06-01 17:00 UTC is 2041-06-01 21:00, 2041-06-01 21:00, zoneinfo 2041-06-01 20:00
  2041-06-01 23:59 is 2041-06-01 19:59 UTC, 2041-06-01 19:59 UTC
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "sqlite-2038: it behaves otherwise than it did" >&2; exit 1; }
echo ok
