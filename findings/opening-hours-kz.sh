#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: opening_hours with country 'KZ' closes 'PH off' on the days off of Kazakhstan.
#
# Seen: opening-hours-py 2.1.4 knows dates that are the same each year. 7 January, Kurban Ait and
# all days off in lieu of a holiday at the weekend are open: seven weekdays of 2026 against
# holidays 0.109. 2025 is alike, with nine.
#
# Matters: maps and navigators read opening_hours; applicants stand before the closed office on 26
# October 2026.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    opening-hours-py==2.1.4 holidays==0.109

seen=$("$work/venv/bin/python" - <<'PY'
import datetime
from importlib.metadata import version

import holidays
from opening_hours import OpeningHours

print(f"opening-hours-py {version('opening-hours-py')}, holidays {version('holidays')}")
hours = OpeningHours("Mo-Fr 09:00-18:30; PH off", country="KZ")
for year in (2025, 2026):
    known = holidays.country_holidays("KZ", years=year, language="en_US")
    for day in sorted(known):
        noon = datetime.datetime.combine(day, datetime.time(12))
        if day.weekday() < 5 and hours.is_open(noon):
            print(f"open on {day:%a %Y-%m-%d}, {known[day]}")
PY
)
expected=$(cat <<'TEXT'
opening-hours-py 2.1.4, holidays 0.109
open on Fri 2025-01-03, Day off (substituted from 01/05/2025)
open on Tue 2025-01-07, Orthodox Christmas
open on Mon 2025-03-10, International Women's Day (observed)
open on Mon 2025-03-24, Nowruz Holiday (observed)
open on Tue 2025-03-25, Nowruz Holiday (observed)
open on Fri 2025-06-06, Eid al-Adha
open on Mon 2025-07-07, Capital Day (observed)
open on Mon 2025-09-01, Constitution Day (observed)
open on Mon 2025-10-27, Republic Day (observed)
open on Wed 2026-01-07, Orthodox Christmas
open on Mon 2026-03-09, International Women's Day (observed)
open on Tue 2026-03-24, Nowruz Holiday (observed)
open on Wed 2026-03-25, Nowruz Holiday (observed)
open on Mon 2026-05-11, Victory Day (observed)
open on Wed 2026-05-27, Eid al-Adha (estimated)
open on Mon 2026-10-26, Republic Day (observed)
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "opening-hours-kz: it behaves otherwise than it did" >&2; exit 1; }
echo ok
