#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: programs on an up-to-date Debian 12 agree on the time in Almaty, +05:00 since 1 March
# 2024: the distribution's tzdata has it.
#
# Seen: ICU 72.1 of Debian 12 has rules of its own from 2022 and says +06:00, while date and
# Python say +05:00 on the same machine. Qostanay is alike, Qyzylorda right. Egypt's summer time
# of 2023 is missing too.
#
# Matters: PyICU, LibreOffice, PHP's intl and whatever else formats by ICU tells applicants an
# hour too late.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
for package in python3-icu=2.10.2-1+b3 libicu72=72.1-3+deb12u1; do
    apt-get download -q "$package" >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
done
for file in *.deb; do dpkg -x "$file" .; done

cat >look.py <<'PY'
import datetime
from zoneinfo import ZoneInfo

import icu

print(f"ICU {icu.ICU_VERSION}, PyICU {icu.VERSION}")
when = 1773918300
for name in ("Asia/Almaty", "Asia/Qostanay", "Asia/Qyzylorda", "Africa/Cairo"):
    later = 90 * 86_400 if name == "Africa/Cairo" else 0
    own = datetime.datetime.fromtimestamp(when + later, ZoneInfo(name))
    form = icu.SimpleDateFormat("yyyy-MM-dd HH:mm xx", icu.Locale("kk_KZ"))
    form.setTimeZone(icu.TimeZone.createTimeZone(name))
    print(f"{name}: tzdata {own:%F %R %z}, ICU {form.format(own.timestamp())}")
PY
seen=$(LD_LIBRARY_PATH="$(dirname usr/lib/*/libicui18n.so.72)" \
    PYTHONPATH=usr/lib/python3/dist-packages /usr/bin/python3 look.py)
expected=$(cat <<'TEXT'
ICU 72.1, PyICU 2.10.2
Asia/Almaty: tzdata 2026-03-19 16:05 +0500, ICU 2026-03-19 17:05 +0600
Asia/Qostanay: tzdata 2026-03-19 16:05 +0500, ICU 2026-03-19 17:05 +0600
Asia/Qyzylorda: tzdata 2026-03-19 16:05 +0500, ICU 2026-03-19 16:05 +0500
Africa/Cairo: tzdata 2026-06-17 14:05 +0300, ICU 2026-06-17 13:05 +0200
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "icu-almaty: it behaves otherwise than it did" >&2; exit 1; }
echo ok
