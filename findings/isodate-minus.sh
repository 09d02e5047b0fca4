#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: what isodate writes of a duration, it reads as the same duration; a month less a day is
# refused, or written with a sign at the day.
#
# Seen: isodate 0.7.2 puts one minus before the whole as soon as the days are below zero, and drops
# the signs of months and years: a month less a day is written -P1M1D, which is a month and a day
# back, also by its own parser; a year less a month is written P1Y1M. Adding the duration itself to
# a date is right, so that only the text is wrong.
#
# Matters: a deadline of 'one month less the days already spent' comes back, after it was stored as
# text, as a date in the past.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    isodate==0.7.2

seen=$("$work/venv/bin/python" - <<'PY'
import datetime
from importlib.metadata import version

from isodate import duration_isoformat, parse_duration

print(f"isodate {version('isodate')}")
received = datetime.date(2026, 3, 19)
for one, other in (("P1M", "P1D"), ("P2M", "P10D"), ("P1M", "PT4H"), ("P1Y", "P1M"), ("P1M", "P1Y")):
    rest = parse_duration(one) - parse_duration(other)
    text = duration_isoformat(rest)
    print(f"{one} less {other} from {received}: {received + rest}, "
          f"written {text}, read {received + parse_duration(text)}")
PY
)
expected=$(cat <<'TEXT'
isodate 0.7.2
P1M less P1D from 2026-03-19: 2026-04-18, written -P1M1D, read 2026-02-18
P2M less P10D from 2026-03-19: 2026-05-09, written -P2M10D, read 2026-01-09
P1M less PT4H from 2026-03-19: 2026-04-18, written -P1MT4H, read 2026-02-18
P1Y less P1M from 2026-03-19: 2027-02-19, written -P1Y1M, read 2025-02-19
P1M less P1Y from 2026-03-19: 2025-04-19, written -P1Y1M, read 2025-02-19
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "isodate-minus: it behaves otherwise than it did" >&2; exit 1; }
echo ok
