#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: 'weekdays' is the days from Monday to Friday to Taskwarrior, where a task recurs and where a
# time is added alike: Thursday + 3weekdays is Tuesday.
#
# Seen: Taskwarrior 2.6.2 passes over Saturdays and Sundays where a task recurs, but as a length of time
# 'weekdays' is another word for days: Thursday, 19 March 2026 + 3weekdays is Sunday, and due-2weekdays
# of a Monday is Saturday. Its unit is accepted in due:, wait: and scheduled: without a warning.
#
# Matters: an application is due 'received + 3weekdays' on a Sunday, two days before its term ends.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
apt-get download -q taskwarrior=2.6.2+dfsg-1 >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
dpkg -x taskwarrior*.deb .

cat >look.py <<'PY'
import datetime
import json
import os
import subprocess

env = dict(os.environ, TASKDATA="data", TASKRC="taskrc", TZ="UTC")
os.mkdir("data")
open("taskrc", "w").close()


def task(*words):
    run = subprocess.run(["usr/bin/task", "rc.verbose=nothing", "rc.confirmation=no", *words], env=env,
                         check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    return run.stdout.strip()


def told(text):
    return f"{datetime.datetime.strptime(text, '%Y%m%dT%H%M%SZ'):%a %d %b %Y}"


print("Taskwarrior", subprocess.run(["usr/bin/task", "--version"], env=env, check=True,
                                    stdout=subprocess.PIPE, text=True).stdout.strip())
for sum_ in ("2026-03-19 + 1weekdays", "2026-03-19 + 2weekdays", "2026-03-19 + 3weekdays",
             "2026-03-19 + 3days"):
    day = datetime.date.fromisoformat(task("calc", sum_).split("\n")[-1][:10])
    print(f"{sum_}: {day:%a %d %b %Y}")
task("add", "application", "due:2026-03-23", "scheduled:due-2weekdays")
task("rc.recurrence.limit=6", "add", "register", "due:2999-03-21", "recur:weekdays")
task("rc.recurrence.limit=6", "list")
all_ = json.loads(task("export"))
one = next(one for one in all_ if one["description"] == "application")
print(f"due {told(one['due'])}, scheduled due-2weekdays: {told(one['scheduled'])}")
days = sorted(one["due"] for one in all_ if "parent" in one)
print("recur:weekdays from", ", ".join(told(day) for day in days))
PY
seen=$(python3 look.py)
expected=$(cat <<'TEXT'
Taskwarrior 2.6.2
2026-03-19 + 1weekdays: Fri 20 Mar 2026
2026-03-19 + 2weekdays: Sat 21 Mar 2026
2026-03-19 + 3weekdays: Sun 22 Mar 2026
2026-03-19 + 3days: Sun 22 Mar 2026
due Mon 23 Mar 2026, scheduled due-2weekdays: Sat 21 Mar 2026
recur:weekdays from Thu 21 Mar 2999, Fri 22 Mar 2999, Mon 25 Mar 2999, Tue 26 Mar 2999, Wed 27 Mar 2999, Thu 28 Mar 2999
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "taskwarrior-weekdays: it behaves otherwise than it did" >&2; exit 1; }
echo ok
