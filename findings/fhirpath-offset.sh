#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: a day after 16:05+05:00 is 16:05+05:00 of the next day in FHIRPath: the sum has the zone of what it
# was added to.
#
# Seen: fhirpathpy 2.2.4 goes over to UTC before it adds, and leaves the zone out of what it returns: 16:05
# in Almaty and a day is 2026-03-20T11:05:00, of no zone; so is 16:05 and 0 days. Only with a fraction of
# a second it says +00:00. Because the sum is of UTC's date, a month after 2:00 of 1 March is 28 March,
# 21:00, where it should be 1 April, and a year after 2:00 of 1 January is the same year's end. Without a
# zone, and where nothing is added, it is right.
#
# Matters: a rule over a FHIR Slot that says 'a month after its beginning' is five hours early, and for
# the first hours of a month three days more.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    fhirpathpy==2.2.4

seen=$("$work/venv/bin/python" - 2>&1 <<'PY'
from importlib.metadata import version

from fhirpathpy import evaluate
from fhirpathpy.models import models

print(f"fhirpathpy {version('fhirpathpy')}")
slot = {"resourceType": "Slot", "start": "2026-04-01T02:00:00+05:00"}
for path in (
    "@2026-03-19T16:05:00+05:00",
    "@2026-03-19T16:05:00+05:00 + 1 day",
    "@2026-03-19T16:05:00+05:00 + 0 days",
    "@2026-03-19T16:05:00.000+05:00 + 1 day",
    "@2026-03-19T16:05:00 + 1 day",
    "@2026-03-19T02:00:00+05:00 + 1 day",
    "@2026-03-01T02:00:00+05:00 + 1 month",
    "@2026-01-01T02:00:00+05:00 + 1 year",
    "Slot.start",
    "Slot.start - 1 day",
):
    print(f"{path}: {', '.join(str(value) for value in evaluate(slot, path, {}, models['r4']))}")
PY
)
expected=$(cat <<'TEXT'
fhirpathpy 2.2.4
@2026-03-19T16:05:00+05:00: 2026-03-19T16:05:00+05:00
@2026-03-19T16:05:00+05:00 + 1 day: 2026-03-20T11:05:00
@2026-03-19T16:05:00+05:00 + 0 days: 2026-03-19T11:05:00
@2026-03-19T16:05:00.000+05:00 + 1 day: 2026-03-20T11:05:00.000+00:00
@2026-03-19T16:05:00 + 1 day: 2026-03-20T16:05:00
@2026-03-19T02:00:00+05:00 + 1 day: 2026-03-19T21:00:00
@2026-03-01T02:00:00+05:00 + 1 month: 2026-03-28T21:00:00
@2026-01-01T02:00:00+05:00 + 1 year: 2026-12-31T21:00:00
Slot.start: 2026-04-01T02:00:00+05:00
Slot.start - 1 day: 2026-03-30T21:00:00
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "fhirpath-offset: it behaves otherwise than it did" >&2; exit 1; }
echo ok
