#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: where a cron expression has a day of month and a day of week, either is enough in both
# libraries; at least they agree on '0 9 */2 * 1'.
#
# Seen: cronsim 2.8 follows Debian's cron, where a field that begins with a star is no restriction
# of its own: '*/2' with Monday is Mondays with an odd date, every other week or so. croniter 7.0.0
# looks for a bare star only and takes all odd dates and all Mondays. Written as 1-31/2, which are
# the same days, both take the latter.
#
# Matters: 'every second Monday', tried in one and run by the other, is 19 days a month instead of
# two.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    croniter==7.0.0 cronsim==2.8

seen=$("$work/venv/bin/python" - <<'PY'
import datetime
from importlib.metadata import version

from croniter import croniter
from cronsim import CronSim

print(f"croniter {version('croniter')}, cronsim {version('cronsim')}")
start = datetime.datetime(2026, 2, 28, 12)
for expression in ("0 9 */2 * 1", "0 9 1-31/2 * 1", "0 9 1 * */2", "0 9 1 * 0-6/2"):
    one, other = croniter(expression, start), CronSim(expression, start)
    for name, step in (("croniter", lambda: one.get_next(datetime.datetime)), ("cronsim", lambda: next(other))):
        days = [day for day in (step() for _ in range(40)) if (day.year, day.month) == (2026, 3)]
        text = " ".join(f"{day:%a} {day.day}," for day in days[:4])
        print(f"{expression}, {name}: {len(days)} days in March 2026, {text} ...")
PY
)
expected=$(cat <<'TEXT'
croniter 7.0.0, cronsim 2.8
0 9 */2 * 1, croniter: 19 days in March 2026, Sun 1, Mon 2, Tue 3, Thu 5, ...
0 9 */2 * 1, cronsim: 2 days in March 2026, Mon 9, Mon 23, ...
0 9 1-31/2 * 1, croniter: 19 days in March 2026, Sun 1, Mon 2, Tue 3, Thu 5, ...
0 9 1-31/2 * 1, cronsim: 19 days in March 2026, Sun 1, Mon 2, Tue 3, Thu 5, ...
0 9 1 * */2, croniter: 18 days in March 2026, Sun 1, Tue 3, Thu 5, Sat 7, ...
0 9 1 * */2, cronsim: 1 days in March 2026, Sun 1, ...
0 9 1 * 0-6/2, croniter: 18 days in March 2026, Sun 1, Tue 3, Thu 5, Sat 7, ...
0 9 1 * 0-6/2, cronsim: 18 days in March 2026, Sun 1, Tue 3, Thu 5, Sat 7, ...
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "cron-star-step: it behaves otherwise than it did" >&2; exit 1; }
echo ok
