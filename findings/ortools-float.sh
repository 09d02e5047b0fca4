#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: OR-Tools' routing, whose costs are whole numbers, refuses a callback that returns 10.0, or
# takes it as 10.
#
# Seen: ortools 9.15 solves it without an exception: the total is 0 and the status OPTIMAL, for 10.0
# as for 0.9. One 10.0 in a table of whole numbers, on a way that the best round need not take, is
# enough, and the round found is 80 long where 40 would do. The same table handed over as a matrix is
# refused with a TypeError.
#
# Matters: home visits whose ways come from a division or a geodesic library are driven in any order,
# as the proven best one.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    ortools==9.15.6755

seen=$("$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

print(f"ortools {version('ortools')}")


def solve(ways, matrix=False):
    nodes = pywrapcp.RoutingIndexManager(len(ways), 1, 0)
    routing = pywrapcp.RoutingModel(nodes)
    if matrix:
        ways_index = routing.RegisterTransitMatrix(ways)
    else:
        ways_index = routing.RegisterTransitCallback(
            lambda one, other: ways[nodes.IndexToNode(one)][nodes.IndexToNode(other)])
    routing.SetArcCostEvaluatorOfAllVehicles(ways_index)
    found, index, tour = routing.Solve(), routing.Start(0), []
    while not routing.IsEnd(index):
        tour.append(nodes.IndexToNode(index))
        index = found.Value(routing.NextVar(index))
    driven = sum(ways[one][other] for one, other in zip(tour, tour[1:] + [0]))
    status = routing_enums_pb2.RoutingSearchStatus.Value.Name(routing.status())
    return f"total {found.ObjectiveValue()}, {status}, tour {tour}, really {driven}"


for way in (10, 10.0, 0.9):
    print(f"all ways {way}: {solve([[0 if a == b else way for a in range(4)] for b in range(4)])}")
square = [[0, 10, 30, 10], [10, 0, 10, 30], [30, 10, 0, 10], [10, 30, 10, 0]]
print(f"a square: {solve(square)}")
square[1][3] = 30.0
print(f"a square, one diagonal 30.0: {solve(square)}")
try:
    print(solve(square, matrix=True))
except TypeError:
    print("the same as a matrix: TypeError")
PY
)
expected=$(cat <<'TEXT'
ortools 9.15.6755
all ways 10: total 40, ROUTING_SUCCESS, tour [0, 3, 2, 1], really 40
all ways 10.0: total 0, ROUTING_OPTIMAL, tour [0, 3, 2, 1], really 40.0
all ways 0.9: total 0, ROUTING_OPTIMAL, tour [0, 3, 2, 1], really 3.6
a square: total 40, ROUTING_SUCCESS, tour [0, 3, 2, 1], really 40
a square, one diagonal 30.0: total 0, ROUTING_OPTIMAL, tour [0, 2, 3, 1], really 80
the same as a matrix: TypeError
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "ortools-float: it behaves otherwise than it did" >&2; exit 1; }
echo ok
