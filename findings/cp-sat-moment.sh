#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: in OR-Tools' CP-SAT, AddNoOverlap and AddCumulative with capacity and demands of 1 allow the
# same plans: at no time two at once.
#
# Seen: OR-Tools 9.15 lets what takes no time lie within a visit by AddCumulative, and by AddNoOverlap
# only before or after it. Of a visit from 10:00 to 11:00 and a moment at 10:30 one finds a plan, the
# other none; where the moment is free from 10:01 on it is at 10:01 in one, at 11:00 in the other.
# With a minute instead of a moment they agree.
#
# Matters: a service whose duration is not known yet stands as 0 minutes. One way of saying the same
# gives the employee two applicants at once, the other refuses the day.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check ortools==9.15.6755

seen=$("$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

from ortools.sat.python import cp_model


def plan(constraint, minutes, earliest, latest):
    """A visit from 10:00 to 11:00 and another thing of some minutes, as early as it can be."""
    model = cp_model.CpModel()
    visit = model.new_fixed_size_interval_var(600, 60, "visit")
    start = model.new_int_var(earliest, latest, "start")
    thing = model.new_fixed_size_interval_var(start, minutes, "thing")
    if constraint == "no_overlap":
        model.add_no_overlap([visit, thing])
    else:
        model.add_cumulative([visit, thing], [1, 1], 1)
    model.minimize(start)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if solver.solve(model) != cp_model.OPTIMAL:
        return "no plan"
    found = solver.value(start)
    return f"{found // 60}:{found % 60:02}"


print(f"ortools {version('ortools')}")
for minutes in (0, 1):
    for earliest, latest in ((630, 630), (601, 720), (600, 720)):
        print(f"{minutes} minutes, from {earliest // 60}:{earliest % 60:02} "
              f"to {latest // 60}:{latest % 60:02}:", *(
            f"{constraint} {plan(constraint, minutes, earliest, latest)}"
            for constraint in ("no_overlap", "cumulative")))
PY
)
expected=$(cat <<'TEXT'
ortools 9.15.6755
0 minutes, from 10:30 to 10:30: no_overlap no plan cumulative 10:30
0 minutes, from 10:01 to 12:00: no_overlap 11:00 cumulative 10:01
0 minutes, from 10:00 to 12:00: no_overlap 10:00 cumulative 10:00
1 minutes, from 10:30 to 10:30: no_overlap no plan cumulative no plan
1 minutes, from 10:01 to 12:00: no_overlap 11:00 cumulative 11:00
1 minutes, from 10:00 to 12:00: no_overlap 11:00 cumulative 11:00
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "cp-sat-moment: it behaves otherwise than it did" >&2; exit 1; }
echo ok
