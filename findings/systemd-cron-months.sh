#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: systemd-cron, which runs crontabs by timers of systemd, takes names of months as cron does:
# dec is December.
#
# Seen: its list of months in Debian 12 (1.15.19-5) lacks October. 'nov' becomes a timer of month 10
# and 'dec' one of month 11: the job of 31 dec has the timer '*-11-31', a day that never comes. Only
# a line with 'oct' is called garbled and left out; sep-dec is September to November. Numbers are
# right. A day of the month and a day of the week together are joined by 'and' (Mon *-*-1), where
# cron runs on either.
#
# Matters: the closing of the year's journals, or the loading of next year's calendar, which ran
# from cron by 'dec', runs in November or never once systemd-cron is installed in its place.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    cronsim==2.8

cd "$work"
for package in systemd-cron=1.15.19-5; do
    apt-get download -q "$package" >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
done
for file in *.deb; do dpkg -x "$file" .; done

seen=$("$work/venv/bin/python" - 2>&1 <<'PY'
import datetime
import glob
import os
from importlib.machinery import SourceFileLoader
from importlib.metadata import version

from cronsim import CronSim

print(f"systemd-cron 1.15.19-5, cronsim {version('cronsim')}")
generator = SourceFileLoader("generator", "lib/systemd/system-generators/systemd-crontab-generator").load_module()
generator.log = lambda level, message: print("  its journal:", message)
start = datetime.datetime(2026, 1, 1)
for number, when in enumerate((
    "0 9 1 jan *", "0 9 1 sep *", "0 9 1 oct *", "0 9 1 nov *", "0 9 31 dec *", "0 9 1 12 *",
    "0 9 1 sep-dec *", "0 9 1 jan,dec *", "0 9 1 * mon",
)):
    # The generator writes units for a crontab; here it is given this one, not the system's.
    folder = f"units-{number}"
    os.makedirs(f"{folder}/wants")
    generator.TARGET_DIR, generator.TIMERS_DIR = folder, f"{folder}/wants"
    with open("queue.tab", "w") as file:
        file.write(f"{when} /bin/true\n")
    days = [f"{day:%d.%m}" for day, _ in zip(CronSim(when, start), range(4))]
    print(f"{when}: cronsim {', '.join(dict.fromkeys(days))}")
    for job in generator.parse_crontab("queue.tab", withuser=False):
        generator.generate_timer_unit(job, seq=generator.count())
    timers = glob.glob(f"{folder}/*.timer")
    for timer in timers:
        with open(timer) as file:
            print("  its timer:", *(line.strip() for line in file if line.startswith("OnCalendar")))
    if not timers:
        print("  its timer: none")
PY
)
expected=$(cat <<'TEXT'
systemd-cron 1.15.19-5, cronsim 2.8
0 9 1 jan *: cronsim 01.01
  its timer: OnCalendar=*-1-1 9:0:00
0 9 1 sep *: cronsim 01.09
  its timer: OnCalendar=*-9-1 9:0:00
0 9 1 oct *: cronsim 01.10
  its journal: garbled time in queue.tab [0 9 1 oct * /bin/true]: oct
  its timer: none
0 9 1 nov *: cronsim 01.11
  its timer: OnCalendar=*-10-1 9:0:00
0 9 31 dec *: cronsim 31.12
  its timer: OnCalendar=*-11-31 9:0:00
0 9 1 12 *: cronsim 01.12
  its timer: OnCalendar=*-12-1 9:0:00
0 9 1 sep-dec *: cronsim 01.09, 01.10, 01.11, 01.12
  its timer: OnCalendar=*-9,10,11-1 9:0:00
0 9 1 jan,dec *: cronsim 01.01, 01.12
  its timer: OnCalendar=*-1,11-1 9:0:00
0 9 1 * mon: cronsim 01.01, 05.01, 12.01, 19.01
  its timer: OnCalendar=Mon *-*-1 9:0:00
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "systemd-cron-months: it behaves otherwise than it did" >&2; exit 1; }
echo ok
