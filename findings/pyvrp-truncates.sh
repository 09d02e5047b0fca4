#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: PyVRP, whose distances and durations are whole numbers, refuses a fraction, or rounds it.
#
# Seen: PyVRP 0.14.1 cuts the fraction off without a word, in edges, service times and windows:
# three ways of 1.9 cost 3 instead of 5.7, and of 0.9 nothing. Coordinates keep theirs. pyvroom
# 1.15.2 refuses the same service time with a VroomInputException.
#
# Matters: home visits planned in minutes or kilometres are each up to a minute short, and all ways
# under one kilometre are free.
set -euo pipefail
renice -n 10 -p $$ >/dev/null

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    pyvrp==0.14.1 pyvroom==1.15.2

cd "$work"
seen=$("$work/venv/bin/python" - <<'PY'
import json
from importlib.metadata import version

import pyvrp
import vroom
from pyvrp.stop import MaxIterations

print(", ".join(f"{name} {version(name)}" for name in ("pyvrp", "pyvroom")))
for way in (1.9, 0.9):
    model = pyvrp.Model()
    places = [model.add_location(x=43.2 + place, y=76.9) for place in range(3)]
    model.add_depot(location=places[0])
    visits = [model.add_client(location=place, service_duration=20.9, tw_late=90.9) for place in places[1:]]
    model.add_vehicle_type(1)
    for one in places:
        for other in places:
            if one is not other:
                model.add_edge(one, other, distance=way, duration=way)
    best = model.solve(stop=MaxIterations(10), seed=1, display=False).best
    print(f"pyvrp, three ways of {way}: distance {best.distance()}, duration {best.duration()}")
print(f"pyvrp, service of 20.9: {visits[0].service_duration}, until 90.9: {visits[0].tw_late}, "
      f"a coordinate: {places[0].x}")

with open("visits.json", "w") as file:
    json.dump({
        "vehicles": [{"id": 1, "start_index": 0}],
        "jobs": [{"id": 1, "location_index": 1, "service": 20.9}],
        "matrices": {"car": {"durations": [[0, 2], [2, 0]]}},
    }, file)
try:
    vroom.Input.from_json("visits.json")
except Exception as error:
    print(f"pyvroom: {type(error).__name__} {error}")
PY
)
expected=$(cat <<'TEXT'
NONE
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "pyvrp-truncates: it behaves otherwise than it did" >&2; exit 1; }
echo ok
