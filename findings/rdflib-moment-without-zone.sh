#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: rdflib compares a moment that has an offset with one that has none by taking the latter for
# UTC, or says, as SPARQL does, that it cannot tell.
#
# Seen: rdflib 7.6.0 takes every moment with an offset for later than every moment without one: 2020
# is after 2026, in FILTER and in ORDER BY. Two moments with an offset, and two without, are compared
# rightly.
#
# Matters: a query for applications that were due before now, over data of two systems of which one
# writes offsets and the other does not, leaves out all of one of them, or none, without an error.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    rdflib==7.6.0

seen=$("$work/venv/bin/python" - 2>/dev/null <<'PY'
from importlib.metadata import version

from rdflib import Graph

HEAD = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
graph = Graph()
print(f"rdflib {version('rdflib')}")
for one, other in (
    ("2026-03-19T16:05:00+05:00", "2026-03-19T12:00:00Z"),
    ("2026-03-19T11:05:00Z", "2026-03-19T16:05:00"),
    ("2020-01-01T00:00:00Z", "2026-03-19T16:05:00"),
    ("2020-01-01T00:00:00", "2026-03-19T16:05:00"),
):
    rows = graph.query(
        HEAD + f'SELECT ("{one}"^^xsd:dateTime > "{other}"^^xsd:dateTime AS ?later) WHERE {{}}')
    print(f"{one} later than {other}: {list(rows)[0][0]}")
values = " ".join(f'"{text}"^^xsd:dateTime' for text in (
    "2020-01-01T00:00:00Z", "2026-03-19T16:05:00", "2019-01-01T00:00:00", "2030-01-01T00:00:00Z"))
rows = graph.query(HEAD + f"SELECT ?a WHERE {{ VALUES ?a {{ {values} }} }} ORDER BY ?a")
print("in order: " + ", ".join(str(row[0]) for row in rows))
PY
)
expected=$(cat <<'TEXT'
rdflib 7.6.0
2026-03-19T16:05:00+05:00 later than 2026-03-19T12:00:00Z: false
2026-03-19T11:05:00Z later than 2026-03-19T16:05:00: true
2020-01-01T00:00:00Z later than 2026-03-19T16:05:00: true
2020-01-01T00:00:00 later than 2026-03-19T16:05:00: false
in order: 2019-01-01T00:00:00, 2026-03-19T16:05:00, 2020-01-01T00:00:00Z, 2030-01-01T00:00:00Z
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "rdflib-moment-without-zone: it behaves otherwise than it did" >&2; exit 1; }
echo ok
