#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: a daily job runs once a day, on the day on which the clock is set back, too: cron itself
# takes care of jobs at fixed times there.
#
# Seen: croniter 7.0.0 has 23:30 of 29 February 2024 in Almaty twice, an hour apart, when the clock
# went back from 24:00 to 23:00; so a job of the last day of February, or of every month, runs
# twice. With a zone of pytz it does the same. cronsim 2.8 has each once, in the first of the two
# hours.
#
# Matters: the closing of the day's queue, or a reminder to all who have a visit tomorrow, went out
# twice.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    croniter==7.0.0 cronsim==2.8 pytz==2026.6 tzdata==2026.6

seen=$("$work/venv/bin/python" - <<'PY'
import datetime
from importlib.metadata import version
from zoneinfo import ZoneInfo

import pytz
from croniter import croniter
from cronsim import CronSim

print(f"croniter {version('croniter')}, cronsim {version('cronsim')}")
naive = datetime.datetime(2024, 2, 29, 22, 45)
local = naive.replace(tzinfo=ZoneInfo("Asia/Almaty"))
for expression in ("30 23 * * *", "30 23 L * *", "0,30 23 * * *"):
    one = croniter(expression, local)
    pytzs = croniter(expression, pytz.timezone("Asia/Almaty").localize(naive))
    other = CronSim(expression, local)
    for name, step in (
        ("croniter", lambda: one.get_next(datetime.datetime)),
        ("croniter with pytz", lambda: pytzs.get_next(datetime.datetime)),
        ("cronsim", lambda: next(other)),
    ):
        times = [step() for _ in range(4)]
        that = [f"{time:%H:%M %z}" for time in times if time.date() == naive.date()]
        print(f"{expression}, {name}: on 29 February {', '.join(that)}")
PY
)
expected=$(cat <<'TEXT'
croniter 7.0.0, cronsim 2.8
30 23 * * *, croniter: on 29 February 23:30 +0600, 23:30 +0500
30 23 * * *, croniter with pytz: on 29 February 23:30 +0600, 23:30 +0500
30 23 * * *, cronsim: on 29 February 23:30 +0600
30 23 L * *, croniter: on 29 February 23:30 +0600, 23:30 +0500
30 23 L * *, croniter with pytz: on 29 February 23:30 +0600, 23:30 +0500
30 23 L * *, cronsim: on 29 February 23:30 +0600
0,30 23 * * *, croniter: on 29 February 23:00 +0600, 23:30 +0600, 23:00 +0500, 23:30 +0500
0,30 23 * * *, croniter with pytz: on 29 February 23:00 +0600, 23:30 +0600, 23:00 +0500, 23:30 +0500
0,30 23 * * *, cronsim: on 29 February 23:00 +0600, 23:30 +0600
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "croniter-twice: it behaves otherwise than it did" >&2; exit 1; }
echo ok
