#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: Babel's name of a zone, asked without a date, is neutral: 'generic, i.e. independent of
# daylight savings time', as its documentation says.
#
# Seen: Babel 2.19.0 writes 'Казахстан (Алматы), летнее время', summer time, in Russian for each
# zone of Kazakhstan, winter and summer, though there has been none since 2005. Where the metazone
# has no generic name it takes the pattern of a region's daylight time. The patterns 'v', 'vvvv'
# and 'VVVV' do it even with a date of January. Kazakh and English are right.
#
# Matters: a confirmation in Russian says that the visit is by summer time, and the applicant comes
# an hour off.
set -euo pipefail
renice -n 10 -p $$ >/dev/null

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    babel==2.19.0

seen=$("$work/venv/bin/python" - <<'PY'
import datetime
from importlib.metadata import version
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, get_timezone_name

print(f"babel {version('babel')}")
for name in ("Almaty", "Qyzylorda", "Tashkent"):
    zone = ZoneInfo(f"Asia/{name}")
    print(f"{name}: {get_timezone_name(zone, locale='ru')}")
zone = ZoneInfo("Asia/Almaty")
winter = datetime.datetime(2026, 1, 19, 16, 5, tzinfo=zone)
for pattern in ("VVVV", "vvvv", "v", "zzzz"):
    for locale in ("ru", "kk", "en"):
        text = format_datetime(winter, f"HH:mm {pattern}", tzinfo=zone, locale=locale)
        print(f"{pattern}, {locale}: {text}")
PY
)
expected=$(cat <<'TEXT'
NONE
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "babel-summer-time: it behaves otherwise than it did" >&2; exit 1; }
echo ok
