#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: 24:00 is midnight at the end of the named day, as in ISO 8601, or is refused.
#
# Seen: aniso8601 10.0.1 reads 2026-03-19T24:00 as the beginning of 19 March, a whole day early,
# without an error; an interval 09:00/24:00 of one day so ends before it begins. dateutil 2.9.0
# reads the beginning of 20 March; isodate 0.7.2 and pendulum 3.3.0 refuse.
#
# Matters: 'until the end of the day' of another system's deadline is over when that day begins.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    aniso8601==10.0.1 python-dateutil==2.9.0.post0 isodate==0.7.2 pendulum==3.3.0

seen=$("$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

import aniso8601
import isodate
import pendulum
from dateutil import parser

readers = {
    "aniso8601": aniso8601.parse_datetime,
    "python-dateutil": parser.isoparse,
    "isodate": isodate.parse_datetime,
    "pendulum": pendulum.parse,
}
for name, read in readers.items():
    seen = []
    for text in ("2026-03-19T24:00", "2026-03-19T24:00:00+05:00", "20260319T240000"):
        try:
            seen.append(read(text).isoformat())
        except ValueError:
            seen.append("refused")
    print(f"{name} {version(name)}: {', '.join(seen)}")
start, end = aniso8601.parse_interval("2026-03-19T09:00/2026-03-19T24:00")
print(f"aniso8601, an interval 09:00 to 24:00: {(end - start).total_seconds() / 3600} h")
PY
)
expected=$(cat <<'TEXT'
aniso8601 10.0.1: 2026-03-19T00:00:00, 2026-03-19T00:00:00+05:00, 2026-03-19T00:00:00
python-dateutil 2.9.0.post0: 2026-03-20T00:00:00, 2026-03-20T00:00:00+05:00, 2026-03-20T00:00:00
isodate 0.7.2: refused, refused, refused
pendulum 3.3.0: refused, refused, refused
aniso8601, an interval 09:00 to 24:00: -9.0 h
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "aniso8601-midnight: it behaves otherwise than it did" >&2; exit 1; }
echo ok
