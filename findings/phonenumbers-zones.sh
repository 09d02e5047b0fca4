#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: phonenumbers, which knows that +7 707 is Kazakhstan's and not Russia's, gives Kazakhstan's
# zones for it.
#
# Seen: phonenumbers 9.0.43 keeps zones by prefix, and mobile numbers have only that of +7: 16
# zones from Europe/Bucharest to Asia/Kamchatka, the same for a number of Kazakhstan and of Moscow.
# Of Kazakhstan's zones Almaty and Aqtobe are among them, Qyzylorda and Oral are not. The first is
# Asia/Almaty just since the list is alphabetical, so that Moscow's mobile numbers have it first,
# too. Fixed lines have one zone.
#
# Matters: 'call only between 9 and 18 of the applicant's time', taken from the first zone, is
# right in Kazakhstan by chance, and hours off for applicants with a Russian number.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    phonenumbers==9.0.43

seen=$("$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

import phonenumbers
from phonenumbers import PhoneNumberType, timezone

print(f"phonenumbers {version('phonenumbers')}")
for country in ("KZ", "RU"):
    for kind in ("MOBILE", "FIXED_LINE"):
        number = phonenumbers.example_number_for_type(country, getattr(PhoneNumberType, kind))
        zones = timezone.time_zones_for_number(number)
        print(f"{phonenumbers.region_code_for_number(number)}, {kind}: {len(zones)} zones, "
              f"first {zones[0]}, last {zones[-1]}")
number = phonenumbers.example_number_for_type("KZ", PhoneNumberType.MOBILE)
zones = timezone.time_zones_for_number(number)
for zone in ("Almaty", "Aqtobe", "Qyzylorda", "Oral", "Kamchatka"):
    print(f"KZ, MOBILE has Asia/{zone}: {'Asia/' + zone in zones}")
PY
)
expected=$(cat <<'TEXT'
phonenumbers 9.0.43
KZ, MOBILE: 16 zones, first Asia/Almaty, last Europe/Samara
KZ, FIXED_LINE: 1 zones, first Asia/Aqtobe, last Asia/Aqtobe
RU, MOBILE: 16 zones, first Asia/Almaty, last Europe/Samara
RU, FIXED_LINE: 1 zones, first Asia/Irkutsk, last Asia/Irkutsk
KZ, MOBILE has Asia/Almaty: True
KZ, MOBILE has Asia/Aqtobe: True
KZ, MOBILE has Asia/Qyzylorda: False
KZ, MOBILE has Asia/Oral: False
KZ, MOBILE has Asia/Kamchatka: True
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "phonenumbers-zones: it behaves otherwise than it did" >&2; exit 1; }
echo ok
