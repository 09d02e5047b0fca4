#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: a timer of every quarter of an hour elapses every quarter of an hour, with a zone in
# OnCalendar, too; where the clock is set back, it does so in both hours, as cron's libraries do.
#
# Seen: systemd 252 leaves an hour out. When Almaty's clock went back from 24:00 to 23:00 on 29
# February 2024, '*:00/15:00 Asia/Almaty' elapsed at 23:00 and then 75 minutes later, at 23:15 of
# the second round; the three quarters before that and 23:00 of the second round are missing. Every
# hour so has a gap of two hours. croniter 7.0.0 and cronsim 2.8 have all of them. A daily time
# elapses once.
#
# Matters: queue displays, reminders and checks that are fed by a timer stood still for over an
# hour.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    croniter==7.0.0 cronsim==2.8 tzdata==2026.6

cd "$work"
for package in systemd=252.39-1~deb12u2 libsystemd-shared=252.39-1~deb12u2 libseccomp2=2.5.4-1+deb12u1 libkmod2=30+20221128-1 libip4tc2=1.8.9-2; do
    apt-get download -q "$package" >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
done
for file in *.deb; do dpkg -x "$file" .; done

lib=$(dirname "$work"/usr/lib/*/systemd/libsystemd-shared-252.so)
analyze() {
    LD_LIBRARY_PATH="$lib:$(dirname "$lib")" usr/bin/systemd-analyze "$@"
}
seen=$(
    analyze --version | head -n 1
    for when in "*-*-* *:00/15:00" "*-*-* *:00:00" "*-*-* 23:30:00"; do
        echo "$when Asia/Almaty, in UTC:" \
            $(TZ=UTC analyze calendar --base-time="2024-02-29 16:20:00" --iterations=6 \
                "$when Asia/Almaty" | sed -n 's/.*\(elapse\|Iter. #.\): ... 2024-\(..-..\) \(..:..\):.*/\2 \3,/p')
    done
    "$work/venv/bin/python" - <<'PY'
import datetime
from importlib.metadata import version
from zoneinfo import ZoneInfo

from croniter import croniter
from cronsim import CronSim

start = datetime.datetime(2024, 2, 29, 16, 20, tzinfo=datetime.timezone.utc)
local = start.astimezone(ZoneInfo("Asia/Almaty"))
one, other = croniter("*/15 * * * *", local), CronSim("*/15 * * * *", local)
for name, step in (("croniter", lambda: one.get_next(datetime.datetime)), ("cronsim", lambda: next(other))):
    times = [step() for _ in range(9)]
    gaps = {(b.timestamp() - a.timestamp()) / 60 for a, b in zip(times, times[1:])}
    print(f"{name} {version(name)}, */15: minutes between {gaps}")
PY
)
expected=$(cat <<'TEXT'
systemd 252 (252.39-1~deb12u2)
*-*-* *:00/15:00 Asia/Almaty, in UTC: 02-29 16:30, 02-29 16:45, 02-29 17:00, 02-29 18:15, 02-29 18:30, 02-29 18:45,
*-*-* *:00:00 Asia/Almaty, in UTC: 02-29 17:00, 02-29 19:00, 02-29 20:00, 02-29 21:00, 02-29 22:00, 02-29 23:00,
*-*-* 23:30:00 Asia/Almaty, in UTC: 02-29 17:30, 03-01 18:30, 03-02 18:30, 03-03 18:30, 03-04 18:30, 03-05 18:30,
croniter 7.0.0, */15: minutes between {15.0}
cronsim 2.8, */15: minutes between {15.0}
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "systemd-repeated-hour: it behaves otherwise than it did" >&2; exit 1; }
echo ok
