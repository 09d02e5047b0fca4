#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: weeks begin on Monday in Kazakhstan as in Russia, and the week that has the year's first
# Thursday is week 1 in both, as ISO 8601 says.
#
# Seen: in CLDR a week of one day is enough for Kazakhstan, and four are for Russia. So Friday, 1
# January 2027 lies in week 1 for kk_KZ and ru_KZ, and in week 53 for ru_RU; all numbers of 2027
# differ by one. Babel 2.18.0 also takes plain 'ru' for the former, as it does not infer the
# likely country.
#
# Matters: plans of home visits and reports are exchanged by number of week. An office in
# Kazakhstan and ISO 8601 (date +%V) disagree throughout 2027.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.18.0

seen=$("$work/venv/bin/python" - <<'PY'
import datetime
from importlib.metadata import version

from babel import Locale
from babel.dates import format_date

print(f"babel {version('babel')}")
days = [datetime.date(2026, 12, 30), datetime.date(2027, 1, 1), datetime.date(2027, 6, 30)]
for name in ("kk_KZ", "ru_KZ", "ru_RU", "ru"):
    locale = Locale.parse(name)
    weeks = [format_date(day, "Y-'W'ww", locale=locale) for day in days]
    print(f"{name}: at least {locale.min_week_days} days a week, {' '.join(weeks)}")
print(f"ISO 8601: {' '.join(day.strftime('%G-W%V') for day in days)}")
PY
)
expected=$(cat <<'TEXT'
babel 2.18.0
kk_KZ: at least 1 days a week, 2027-W01 2027-W01 2027-W27
ru_KZ: at least 1 days a week, 2027-W01 2027-W01 2027-W27
ru_RU: at least 4 days a week, 2026-W53 2026-W53 2027-W26
ru: at least 1 days a week, 2027-W01 2027-W01 2027-W27
ISO 8601: 2026-W53 2026-W53 2027-W26
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "babel-week-kazakhstan: it behaves otherwise than it did" >&2; exit 1; }
echo ok
