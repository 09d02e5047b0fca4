#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: PyVRP, whose distances and durations are whole numbers, refuses a fraction, or rounds it.
#
# Seen: PyVRP 0.14.1 cuts the fraction off without a word, in edges, service times and windows:
# three ways of 1.9 cost 3 instead of 5.7, and of 0.9 nothing. Coordinates keep theirs.
#
# Matters: home visits planned in minutes or kilometres are each up to a minute short, and all ways
# under one kilometre are free.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    pyvrp==0.14.1

seen=$("$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

import pyvrp
from pyvrp.stop import MaxIterations

print(f"pyvrp {version('pyvrp')}")
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
PY
)
expected=$(cat <<'TEXT'
pyvrp 0.14.1
pyvrp, three ways of 1.9: distance 3, duration 43
pyvrp, three ways of 0.9: distance 0, duration 40
pyvrp, service of 20.9: 20, until 90.9: 90, a coordinate: 43.2
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "pyvrp-truncates: it behaves otherwise than it did" >&2; exit 1; }
echo ok
