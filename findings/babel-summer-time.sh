#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: Babel's name of a zone, asked without a date, is neutral: 'generic, i.e. independent of
# daylight savings time', as its documentation says.
#
# Seen: Babel 2.19.0 writes 'Казахстан (Алматы), летнее время', summer time, in Russian for each
# zone of Kazakhstan, where 2004 had the last summer time. It keeps only one pattern for names of
# places, and for Russian that is the one of summer time. The patterns VVVV, vvvv and v do so in
# January, too. Tashkent has a name of its own, Kazakh and English are right.
#
# Matters: a confirmation in Russian says that the visit is by summer time, and the applicant comes
# an hour off.
set -euo pipefail

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
babel 2.19.0
Almaty: Казахстан (Алматы), летнее время
Qyzylorda: Казахстан (Кызылорда), летнее время
Tashkent: Узбекистан
VVVV, ru: 16:05 Казахстан (Алматы), летнее время
VVVV, kk: 16:05 Қазақстан (Алматы) уақыты
VVVV, en: 16:05 Kazakhstan (Almaty) Time
vvvv, ru: 16:05 Казахстан (Алматы), летнее время
vvvv, kk: 16:05 Қазақстан (Алматы) уақыты
vvvv, en: 16:05 Kazakhstan (Almaty) Time
v, ru: 16:05 Казахстан (Алматы), летнее время
v, kk: 16:05 Қазақстан (Алматы) уақыты
v, en: 16:05 Kazakhstan (Almaty) Time
zzzz, ru: 16:05 Казахстан
zzzz, kk: 16:05 Қазақстан уақыты
zzzz, en: 16:05 Kazakhstan Time
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "babel-summer-time: it behaves otherwise than it did" >&2; exit 1; }
echo ok
