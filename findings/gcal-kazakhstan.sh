#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: gcal's days of Kazakhstan are those of some former year: Nauryz, 1, 7 and 9 May, 30 August,
# 16 December.
#
# Seen: gcal 4.1 (GNU, Debian 12) has Independence Day on 15 December, a day early, and Nauryz on one
# day, the 21st, with a Persian year. New Year, Women's Day, the days of May, Capital Day and
# Constitution Day are missing. Marked as days off (+) are Good Friday, Easter Sunday, three days
# of Eid al-Fitr, three of Eid al-Adha, and two more of Islam; of these the law knows the first day
# of Eid al-Adha alone.
#
# Matters: whoever takes the list for an office's calendar opens it on most holidays, and closes it
# on the eve of one.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
for package in gcal=4.1-3.1 gcal-common=4.1-3.1; do
    apt-get download -q "$package" >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
done
for file in *.deb; do dpkg -x "$file" .; done

seen=$(    "$work/usr/bin/gcal" --version | head -1
    LC_ALL=C "$work/usr/bin/gcal" -u -q KZ -n --holiday-list 2026 2>/dev/null |
        sed -n '/(KZ)/s/ = .*//p' | tr -s ' '
)
expected=$(cat <<'TEXT'
gcal (GNU cal) 4.1
Christmas Day (KZ) + Wed, Jan: 7th:2026
Orthodox New Year's Day (KZ) - Wed, Jan 14th 2026
Ramadan (KZ) - Wed, Feb 18th 2026
Eid-al-Fitr (KZ) + Fri, Mar:20th:2026
Eid-al-Fitr (KZ) + Sat, Mar:21st:2026
Noruz/Persian New Year's Day 1405 (KZ) + Sat, Mar:21st:2026
Eid-al-Fitr (KZ) + Sun, Mar:22nd:2026
Good Friday (KZ) + Fri, Apr:10th:2026
Easter Sunday (KZ) + Sun, Apr:12th:2026
Eid-al-Adha (KZ) + Wed, May:27th:2026
Eid-al-Adha (KZ) + Thu, May:28th:2026
Eid-al-Adha (KZ) + Fri, May:29th:2026
Islamic New Year's Day 1448 (KZ) + Wed, Jun:17th:2026
Eid-i-Milad-un-Nabi (KZ) + Wed, Aug:26th:2026
Republic Day (KZ) + Sun, Oct:25th:2026
Independence Day (KZ) + Tue, Dec:15th:2026
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "gcal-kazakhstan: it behaves otherwise than it did" >&2; exit 1; }
echo ok
