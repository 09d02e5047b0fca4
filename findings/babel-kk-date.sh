#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: what Babel's format_date writes as a short date, its parse_date of the same locale reads,
# or refuses.
#
# Seen: Babel 2.18.0 reads every text by the order of the locale's *medium* pattern. In Kazakh
# that is year, day, month, while the short form is day.month.year: of the 365 short dates of 2026
# 353 come back as other dates, none with an error. A month above 12 is swapped with the day,
# which hides the mistake further. The error is gone with format='short'.
#
# Matters: a form in Kazakh shows 12.11.26 and stores 26 November 2012.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.18.0

seen=$("$work/venv/bin/python" - <<'PY'
import datetime
from importlib.metadata import version

from babel.dates import format_date, parse_date

print(f"babel {version('babel')}")
for day in (datetime.date(2026, 11, 12), datetime.date(2026, 3, 19), datetime.date(2026, 4, 3)):
    text = format_date(day, "short", locale="kk")
    print(f"{day} is written {text}, read {parse_date(text, locale='kk')}")

days = [datetime.date(2026, 1, 1) + datetime.timedelta(n) for n in range(365)]
for locale in ("kk", "ru"):
    for how in ("medium", "short"):
        wrong = sum(
            parse_date(format_date(day, "short", locale=locale), locale=locale, format=how) != day
            for day in days
        )
        print(f"{locale}, read by the {how} pattern: {wrong} of {len(days)} are other dates")
PY
)
expected=$(cat <<'TEXT'
babel 2.18.0
2026-11-12 is written 12.11.26, read 2012-11-26
2026-03-19 is written 19.03.26, read 2019-03-26
2026-04-03 is written 03.04.26, read 2003-04-26
kk, read by the medium pattern: 353 of 365 are other dates
kk, read by the short pattern: 0 of 365 are other dates
ru, read by the medium pattern: 0 of 365 are other dates
ru, read by the short pattern: 0 of 365 are other dates
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "babel-kk-date: it behaves otherwise than it did" >&2; exit 1; }
echo ok
