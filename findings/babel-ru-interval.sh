#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: hours in the 12-hour clock say which half of the day they are in, in Russian as in all other
# languages: Babel's format_interval with the skeleton 'hm'.
#
# Seen: Babel 2.19.0 does so in Russian only for hours in the same half. Where the interval crosses
# noon, and they are needed, they are left out, and a zero is put before the hour instead: 9:00 to
# 18:30 is '09:00 — 06:30', 11:30 to 13:00 is '11:30 — 01:00'. Of the 331 languages that it has, only
# Russian is so. Babel 2.18.0, with patterns of CLDR 47, and ICU 72.1 have AM and PM.
#
# Matters: an office's hours, or a car's window from 11:30 to 13:00, read as if they ended before
# they begin, or in the night.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.19.0
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --target="$work/before" babel==2.18.0

cd "$work"
for package in python3-icu=2.10.2-1+b3 libicu72=72.1-3+deb12u1; do
    apt-get download -q "$package" >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
done
for file in *.deb; do dpkg -x "$file" .; done

cat >babel_.py <<'PY'
import datetime
from importlib.metadata import version

from babel import Locale, localedata
from babel.dates import format_interval

print(f"babel {version('babel')}")
time = datetime.time
for locale in ("ru", "ru_KZ", "kk", "en"):
    seen = [
        format_interval(start, end, "hm", locale=locale)
        for start, end in (
            (time(9), time(11)), (time(14, 30), time(18, 30)), (time(9), time(18, 30)),
            (time(11, 30), time(13)),
        )
    ]
    print(f"{locale}: {', '.join(seen)}")
languages = [name for name in localedata.locale_identifiers() if "_" not in name]
without = []
for name in languages:
    pattern = Locale.parse(name).interval_formats.get("hm", {}).get("a")
    if pattern and not set("abB") & set("".join(pattern)):
        without.append(name)
print(f"without AM and PM across noon, of {len(languages)} languages: {' '.join(without)}")
PY
cat >icu_.py <<'PY'
import icu

print(f"ICU {icu.ICU_VERSION}")
form = icu.DateIntervalFormat.createInstance("hm", icu.Locale("ru"))
day = 1773878400.0
seen = [
    form.format(icu.DateInterval(day + start * 3600, day + end * 3600))
    for start, end in ((9, 18.5), (11.5, 13))
]
print(f"ru: {', '.join(seen)}")
PY
seen=$(
    {
        "$work/venv/bin/python" babel_.py
        PYTHONPATH=before "$work/venv/bin/python" babel_.py
        TZ=UTC LD_LIBRARY_PATH="$(dirname usr/lib/*/libicui18n.so.72)" \
            PYTHONPATH=usr/lib/python3/dist-packages /usr/bin/python3 icu_.py
    } | sed 's/\xe2\x80\xaf\|\xe2\x80\x89\|\xc2\xa0/ /g'
)
expected=$(cat <<'TEXT'
babel 2.19.0
ru: 9:00—11:00 AM, 2:30—6:30 PM, 09:00 — 06:30, 11:30 — 01:00
ru_KZ: 9:00—11:00 AM, 2:30—6:30 PM, 09:00 — 06:30, 11:30 — 01:00
kk: 9:00–11:00 AM, 2:30–6:30 PM, 9:00 AM – 6:30 PM, 11:30 AM – 1:00 PM
en: 9:00 – 11:00 AM, 2:30 – 6:30 PM, 9:00 AM – 6:30 PM, 11:30 AM – 1:00 PM
without AM and PM across noon, of 331 languages: ru
babel 2.18.0
ru: 9:00–11:00 AM, 2:30–6:30 PM, 9:00 AM – 6:30 PM, 11:30 AM – 1:00 PM
ru_KZ: 9:00–11:00 AM, 2:30–6:30 PM, 9:00 AM – 6:30 PM, 11:30 AM – 1:00 PM
kk: 9:00–11:00 AM, 2:30–6:30 PM, 9:00 AM – 6:30 PM, 11:30 AM – 1:00 PM
en: 9:00 – 11:00 AM, 2:30 – 6:30 PM, 9:00 AM – 6:30 PM, 11:30 AM – 1:00 PM
without AM and PM across noon, of 312 languages: 
ICU 72.1
ru: 9:00 AM – 6:30 PM, 11:30 AM – 1:00 PM
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "babel-ru-interval: it behaves otherwise than it did" >&2; exit 1; }
echo ok
