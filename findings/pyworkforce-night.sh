#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: pyworkforce's rule that a morning does not follow a night, {"origin": "Night", "destination":
# "Morning"}, forbids a morning after a night and nothing else.
#
# Seen: pyworkforce 0.5.1 forbids whoever was on a night all shifts of the next day, the next night and the
# evening too. With two such rules for the night, no morning and no evening after it, nobody can work at
# night at all but on the last day: INFEASIBLE, with eight people for one night.
#
# Matters: a roster with the rules of rest says that there are too few people, where there are enough.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    pyworkforce==0.5.1

seen=$("$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

from pyworkforce.rostering import MinHoursRoster

print(f"pyworkforce {version('pyworkforce')}")
MORNING = {"origin": "Night", "destination": "Morning"}
EVENING = {"origin": "Night", "destination": "Evening"}
# How many people each of the days needs in the morning, in the evening and at night.
for people, rules, need in (
    (1, [], ((0, 0), (0, 0), (1, 1))),
    (1, [MORNING], ((0, 0), (0, 0), (1, 1))),
    (2, [MORNING], ((0, 0), (0, 0), (1, 1))),
    (1, [MORNING], ((0, 0), (0, 1), (1, 0))),
    (8, [EVENING], ((0, 0), (0, 0), (1, 0))),
    (8, [MORNING, EVENING], ((0, 0), (0, 0), (1, 0))),
    (8, [MORNING, EVENING], ((0, 0), (0, 0), (0, 1))),
):
    found = MinHoursRoster(
        num_days=2, resources=[f"clerk {number}" for number in range(people)],
        shifts=["Morning", "Evening", "Night"], shifts_hours=[8, 8, 8], min_working_hours=0,
        banned_shifts=[], max_resting=2, non_sequential_shifts=rules, max_search_time=60.0,
        required_resources=dict(zip(("Morning", "Evening", "Night"), map(list, need))),
    ).solve()
    wanted = [f"{shift} of day {day}" for shift, days in zip(("Morning", "Evening", "Night"), need)
              for day, number in enumerate(days, 1) if number]
    forbidden = [rule["destination"] for rule in rules]
    print(f"{people} for {' and '.join(wanted)}, after Night not {' nor '.join(forbidden) or '-'}: {found['status']}")
PY
)
expected=$(cat <<'TEXT'
pyworkforce 0.5.1
1 for Night of day 1 and Night of day 2, after Night not -: OPTIMAL
1 for Night of day 1 and Night of day 2, after Night not Morning: INFEASIBLE
2 for Night of day 1 and Night of day 2, after Night not Morning: OPTIMAL
1 for Evening of day 2 and Night of day 1, after Night not Morning: INFEASIBLE
8 for Night of day 1, after Night not Evening: OPTIMAL
8 for Night of day 1, after Night not Morning nor Evening: INFEASIBLE
8 for Night of day 2, after Night not Morning nor Evening: OPTIMAL
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "pyworkforce-night: it behaves otherwise than it did" >&2; exit 1; }
echo ok
