#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: Taskwarrior reads ISO 8601's week dates as they are: 2026-W12-4, Thursday of week 12, is 19
# March 2026.
#
# Seen: Taskwarrior 2.6.2 is a week late throughout the years that begin on a Thursday: in 2026 in all
# of the 53 weeks, 2026-W12-4 is 26 March. In the other years from 2015 to 2032 it is right, but for one
# day: where the year begins on a Tuesday, the Monday of week 1, which is 31 December, is read as 30
# November. 2026-078, the day of the year, is right.
#
# Matters: a plan of home visits by number of week, right in 2025 and again in 2027, sends all of 2026
# a week too late.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
apt-get download -q taskwarrior=2.6.2+dfsg-1 >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
dpkg -x taskwarrior*.deb .

cat >look.py <<'PY'
import datetime
import os
import subprocess

env = dict(os.environ, TASKDATA="data", TASKRC="taskrc", TZ="Asia/Almaty")
os.mkdir("data")
open("taskrc", "w").close()


def task(*words):
    run = subprocess.run(["usr/bin/task", "rc.verbose=nothing", *words], env=env, check=True,
                         stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    return run.stdout.split("\n")[-2] if words[0] == "calc" else run.stdout.strip()


print("Taskwarrior", subprocess.run(["usr/bin/task", "--version"], env=env, check=True,
                                    stdout=subprocess.PIPE, text=True).stdout.strip())
for text, day in (("2026-W12-4", datetime.date.fromisocalendar(2026, 12, 4)),
                  ("2026-078", datetime.date(2026, 3, 19)),
                  ("2030-W01-1", datetime.date.fromisocalendar(2030, 1, 1))):
    print(f"{text}, which is {day}: {task('calc', text)[:10]}")
for year in range(2015, 2033):
    weeks = datetime.date(year, 12, 28).isocalendar().week
    late, else_ = 0, []
    # Each Monday and Thursday of the year's weeks.
    for week in range(1, weeks + 1):
        for weekday in (1, 4):
            day = datetime.date.fromisocalendar(year, week, weekday)
            text = f"{year}-W{week:02}-{weekday}"
            off = (datetime.date.fromisoformat(task("calc", text)[:10]) - day).days
            if off == 7:
                late += 1
            elif off:
                else_.append(f"{text} by {off}")
    if late or else_:
        first = datetime.date(year, 1, 1)
        print(f"{year}, from a {first:%A} on: of {2 * weeks} days {late} a week late"
              + "".join(f", {one}" for one in else_))
PY
seen=$(python3 look.py)
expected=$(cat <<'TEXT'
Taskwarrior 2.6.2
2026-W12-4, which is 2026-03-19: 2026-03-26
2026-078, which is 2026-03-19: 2026-03-19
2030-W01-1, which is 2029-12-31: 2029-11-30
2015, from a Thursday on: of 106 days 106 a week late
2019, from a Tuesday on: of 104 days 0 a week late, 2019-W01-1 by -31
2026, from a Thursday on: of 106 days 106 a week late
2030, from a Tuesday on: of 104 days 0 a week late, 2030-W01-1 by -31
2032, from a Thursday on: of 106 days 106 a week late
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "taskwarrior-week: it behaves otherwise than it did" >&2; exit 1; }
echo ok
