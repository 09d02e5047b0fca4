#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: isoduration, which reads fractions as ISO 8601 has them, adds them as what they are: PT1.5H is
# PT90M.
#
# Seen: isoduration 20.11.0 keeps the fraction, and writes it again, but where a term is added to a moment
# it rounds each part to whole ones, a half upwards onwards and downwards backwards: PT1.5H from 9:00 is
# 11:00, and back 8:00; a day and a half are two days, P0.5Y is a year onwards and nothing backwards. A whole
# number of a smaller unit is right, and isodate 0.7.2 is right for all of them, or refuses years and months
# with a fraction. jsonschema takes this library for its format 'duration'.
#
# Matters: a service of 'PT1.5H' that begins at 9:00 is planned until 11:00, and a term of half a year
# ends after a whole one.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    isoduration==20.11.0 isodate==0.7.2

seen=$("$work/venv/bin/python" - 2>&1 <<'PY'
import datetime
from importlib.metadata import version

import isodate
from isoduration import format_duration, parse_duration

print(f"isoduration {version('isoduration')}, isodate {version('isodate')}")
start = datetime.datetime(2026, 3, 19, 9, 0)


def to(term, sign):
    try:
        return format(start + term if sign > 0 else start - term, "%d.%m.%Y %H:%M:%S")
    except (TypeError, ValueError):
        return "refused"


print(f"from {start:%d.%m.%Y %H:%M:%S}")
for text in ("PT90M", "PT1.5H", "PT1,5H", "PT0.5H", "PT2.5M", "P1.5D", "P0.5W", "P0.4Y", "P0.5Y", "P2.5Y", "P1.5M"):
    term = parse_duration(text)
    other = isodate.parse_duration(text)
    print(f"{text}, written again {format_duration(term)}: on {to(term, 1)}, back {to(term, -1)}; "
          f"isodate on {to(other, 1)}, back {to(other, -1)}")
PY
)
expected=$(cat <<'TEXT'
isoduration 20.11.0, isodate 0.7.2
from 19.03.2026 09:00:00
PT90M, written again PT90M: on 19.03.2026 10:30:00, back 19.03.2026 07:30:00; isodate on 19.03.2026 10:30:00, back 19.03.2026 07:30:00
PT1.5H, written again PT1.5H: on 19.03.2026 11:00:00, back 19.03.2026 08:00:00; isodate on 19.03.2026 10:30:00, back 19.03.2026 07:30:00
PT1,5H, written again PT1.5H: on 19.03.2026 11:00:00, back 19.03.2026 08:00:00; isodate on 19.03.2026 10:30:00, back 19.03.2026 07:30:00
PT0.5H, written again PT0.5H: on 19.03.2026 10:00:00, back 19.03.2026 09:00:00; isodate on 19.03.2026 09:30:00, back 19.03.2026 08:30:00
PT2.5M, written again PT2.5M: on 19.03.2026 09:03:00, back 19.03.2026 08:58:00; isodate on 19.03.2026 09:02:30, back 19.03.2026 08:57:30
P1.5D, written again P1.5D: on 21.03.2026 09:00:00, back 18.03.2026 09:00:00; isodate on 20.03.2026 21:00:00, back 17.03.2026 21:00:00
P0.5W, written again P0.5W: on 23.03.2026 09:00:00, back 16.03.2026 09:00:00; isodate on 22.03.2026 21:00:00, back 15.03.2026 21:00:00
P0.4Y, written again P0.4Y: on 19.03.2026 09:00:00, back 19.03.2026 09:00:00; isodate on refused, back refused
P0.5Y, written again P0.5Y: on 19.03.2027 09:00:00, back 19.03.2026 09:00:00; isodate on refused, back refused
P2.5Y, written again P2.5Y: on 19.03.2029 09:00:00, back 19.03.2024 09:00:00; isodate on refused, back refused
P1.5M, written again P1.5M: on 19.05.2026 09:00:00, back 19.02.2026 09:00:00; isodate on refused, back refused
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "isoduration-half-hour: it behaves otherwise than it did" >&2; exit 1; }
echo ok
