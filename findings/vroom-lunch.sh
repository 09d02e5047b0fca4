#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: VROOM plans the visits of a day from the beginning of the working time on, whether there
# is a lunch break at 13:00 or not.
#
# Seen: pyvroom 1.15.2 takes each start as late as it may, so that nobody waits: with lunch from
# 13:00 and two visits the car leaves at 11:50 instead of 09:00, comes from the last visit right
# into the break, and the morning is empty. One visit from 13:00 on draws the others to noon
# likewise. Without either the car leaves at 09:00. A time window at a visit keeps it in the
# morning.
#
# Matters: applicants are told noon, and a visit that takes longer has no time left before lunch,
# while the car stood still for three hours.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    pyvroom==1.15.2

cd "$work"
seen=$(venv/bin/python - <<'PY'
import json
from importlib.metadata import version

import vroom

print(f"pyvroom {version('pyvroom')}")


def clock(seconds):
    return f"{9 + seconds // 3600:02}:{seconds % 3600 // 60:02}"


def plan(what, lunch=False, window=None):
    car = {"id": 1, "start_index": 0, "end_index": 0, "time_window": [0, 9 * 3600]}
    if lunch:
        car["breaks"] = [{"id": 1, "time_windows": [[4 * 3600, 4 * 3600]], "service": 3600}]
    visits = [{"id": place, "location_index": place, "service": 1200} for place in (1, 2)]
    if window:
        visits[1]["time_windows"] = [window]
    ways = [[0, 600, 900], [600, 0, 300], [900, 300, 0]]
    with open("day.json", "w") as file:
        json.dump({"vehicles": [car], "jobs": visits, "matrices": {"car": {"durations": ways}}}, file)
    solution = vroom.Input.from_json("day.json").solve(exploration_level=5, nb_threads=1).to_dict()
    steps = solution["routes"][0]["steps"]
    print(f"{what}: " + ", ".join(f"{step['type']} {clock(step['arrival'])}" for step in steps))


plan("nothing fixed")
plan("lunch at 13:00", lunch=True)
plan("a visit from 13:00 on", window=[4 * 3600, 5 * 3600])
plan("lunch at 13:00, a visit by 10:00", lunch=True, window=[0, 3600])
PY
)
expected=$(cat <<'TEXT'
pyvroom 1.15.2
nothing fixed: start 09:00, job 09:15, job 09:40, end 10:10
lunch at 13:00: start 11:50, job 12:05, job 12:30, break 13:00, end 14:00
a visit from 13:00 on: start 12:45, job 13:00, job 13:25, end 13:55
lunch at 13:00, a visit by 10:00: start 09:45, job 10:00, job 10:25, break 10:55, end 14:00
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "vroom-lunch: it behaves otherwise than it did" >&2; exit 1; }
echo ok
