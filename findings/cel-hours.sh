#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: two engines for CEL, the language of protovalidate's rules, agree on the hour of a time, on
# the length of a text and on how a duration is written.
#
# Seen: cel-python 0.5.0 says with CEL's definition that 00:30+05:00 is hour 19 of the 18th, in UTC,
# and that 'Ә 017' has 5 characters. common-expression-language 0.10.0 says hour 0 of the 19th, and
# 6: it counts bytes. It has no getHours('Asia/Almaty'). 90 minutes are written 5400s by the one and
# 1h30m0s by the other, and cel-python's string() cuts a fraction of a second off, 1.5 s is 1s, though
# it compares durations with it.
#
# Matters: 'accepted before 18 o'clock' or 'a name of at most 40 characters' holds on one side of the
# wire and not on the other.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    cel-python==0.5.0 common-expression-language==0.10.0

seen=$("$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

import cel
import celpy

for name in ("cel-python", "common-expression-language"):
    print(f"{name} {version(name)}")
environment = celpy.Environment()


def first(rule):
    return environment.program(environment.compile(rule)).evaluate({})


def value(read, rule):
    try:
        found = read(rule)
        return str(found).lower() if "=" in rule else str(found)
    except Exception as error:
        return type(error).__name__


time = 'timestamp("2026-03-19T00:30:00+05:00")'
for rule in (
    f"{time}.getHours()", f"{time}.getDate()", f"{time}.getDayOfWeek()", f'{time}.getHours("Asia/Almaty")',
    '"A 017".size()', '"Ә 017".size()', '"Алматы".size() == 6',
    'string(duration("90m"))', 'string(duration("1.5s"))', 'duration("1.5s") == duration("1s")',
    'string(timestamp("2026-03-19T16:05:00.5Z"))',
):
    print(f"{rule}: {value(first, rule)}, {value(cel.evaluate, rule)}")
PY
)
expected=$(cat <<'TEXT'
cel-python 0.5.0
common-expression-language 0.10.0
timestamp("2026-03-19T00:30:00+05:00").getHours(): 19, 0
timestamp("2026-03-19T00:30:00+05:00").getDate(): 18, 19
timestamp("2026-03-19T00:30:00+05:00").getDayOfWeek(): 3, 4
timestamp("2026-03-19T00:30:00+05:00").getHours("Asia/Almaty"): 0, RuntimeError
"A 017".size(): 5, 5
"Ә 017".size(): 5, 6
"Алматы".size() == 6: true, false
string(duration("90m")): 5400s, 1h30m0s
string(duration("1.5s")): 1s, 1.5s
duration("1.5s") == duration("1s"): false, false
string(timestamp("2026-03-19T16:05:00.5Z")): 2026-03-19T16:05:00Z, 2026-03-19T16:05:00.500+00:00
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "cel-hours: it behaves otherwise than it did" >&2; exit 1; }
echo ok
