#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: parse-opening-hours, which turns the opening hours of a page into JSON, either has all hours of a
# text or refuses it.
#
# Seen: parse-opening-hours 0.4.2 reads the first days with their first hours and drops the rest of the text
# without a word: of 'Mon-Fri 9am-1pm and 2pm-6pm' the afternoon, of 'Mon-Fri 9am-6pm, Sat 10am-2pm' Saturday,
# of 'Mon-Fri 9am-5pm, closed Wed' that Wednesday is closed. 'Fri-Mon' is Friday alone. 12am, midnight, is
# 12:00, so midnight to six in the morning is noon to six in the evening; 'midnight' is 0:00.
#
# Matters: an office with a break for lunch is closed each afternoon for all who read its hours so.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    parse-opening-hours==0.4.2

seen=$("$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

from opening_hours import OpeningHours

print(f"parse-opening-hours {version('parse-opening-hours')}")
for text in (
    "Mon-Fri 9am-6pm",
    "Mon-Fri 9am-1pm and 2pm-6pm",
    "Mon-Fri 9am-1pm, 2pm-6pm",
    "Mon-Fri 9am-6pm, Sat 10am-2pm",
    "Mon-Fri 9am-5pm, closed Wed",
    "Mon, Wed 9am-6pm",
    "Fri-Mon 10am-4pm",
    "Mon-Tue 12pm-6pm",
    "Mon-Tue 12am-6am",
    "Mon-Tue 6pm-midnight",
):
    found = {}
    for one in OpeningHours.parse(text).json():
        found.setdefault(f"{one['opens']}-{one['closes']}", []).append(one["day"][:3].title())
    print(f"{text}: " + "; ".join(f"{' '.join(days)} {hours}" for hours, days in found.items()))
PY
)
expected=$(cat <<'TEXT'
parse-opening-hours 0.4.2
Mon-Fri 9am-6pm: Mon Tue Wed Thu Fri 9:00-18:00
Mon-Fri 9am-1pm and 2pm-6pm: Mon Tue Wed Thu Fri 9:00-13:00
Mon-Fri 9am-1pm, 2pm-6pm: Mon Tue Wed Thu Fri 9:00-13:00
Mon-Fri 9am-6pm, Sat 10am-2pm: Mon Tue Wed Thu Fri 9:00-18:00
Mon-Fri 9am-5pm, closed Wed: Mon Tue Wed Thu Fri 9:00-17:00
Mon, Wed 9am-6pm: Mon Wed 9:00-18:00
Fri-Mon 10am-4pm: Fri 10:00-16:00
Mon-Tue 12pm-6pm: Mon Tue 12:00-18:00
Mon-Tue 12am-6am: Mon Tue 12:00-18:00
Mon-Tue 6pm-midnight: Mon Tue 18:00-0:00
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "parse-opening-hours-afternoon: it behaves otherwise than it did" >&2; exit 1; }
echo ok
