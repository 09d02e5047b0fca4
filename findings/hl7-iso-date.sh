#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: python-hl7 refuses a time stamp in the extended form of ISO 8601, and reads the offsets
# -0030 and +0530 as half an hour behind and five and a half hours ahead.
#
# Seen: hl7 0.4.5 reads 2026-03-19T16:05:00+05:00, and 2026-03-19, as 1 January 2026, midnight,
# without a zone and without an error: what stands behind the year's four digits is dropped. A T
# before the time drops the time alone. -0030 is +00:30, as the sign is read with the hours; -0130 is
# right. Z is dropped.
#
# Matters: an appointment that comes from a system which writes dates as ISO does is booked, and is
# on New Year's Day.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    hl7==0.4.5

seen=$("$work/venv/bin/python" - 2>/dev/null <<'PY'
from importlib.metadata import version

import hl7

print(f"hl7 {version('hl7')}")
for text in ("202603191605+0500", "2026-03-19T16:05:00+05:00", "2026-03-19", "20260319T1605",
             "202603191605Z", "202603191605+0530", "202603191605-0130", "202603191605-0030"):
    print(f"{text}: {hl7.parse_datetime(text).isoformat()}")
PY
)
expected=$(cat <<'TEXT'
hl7 0.4.5
202603191605+0500: 2026-03-19T16:05:00+05:00
2026-03-19T16:05:00+05:00: 2026-01-01T00:00:00
2026-03-19: 2026-01-01T00:00:00
20260319T1605: 2026-03-19T00:00:00
202603191605Z: 2026-03-19T16:05:00
202603191605+0530: 2026-03-19T16:05:00+05:30
202603191605-0130: 2026-03-19T16:05:00-01:30
202603191605-0030: 2026-03-19T16:05:00+00:30
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "hl7-iso-date: it behaves otherwise than it did" >&2; exit 1; }
echo ok
