#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: datediff of dateutils, asked for months and days, gives less than a month of days: from 30
# January to 1 March it is a month and a day, or two.
#
# Seen: dateutils 0.4.10 says a month and 63 days, or a month and 9 weeks, of what it counts as 30
# days without months; from 31 January it is a month and 62 days. It happens from any 30th or 31st
# of a month to 1 and 2 March; other pairs are right.
#
# Matters: an age of appeals 'in months and days' jumps by two months on the first of March for those
# that came on a month's last day, and back a day or two later: a warning goes out for them alone.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
for package in dateutils=0.4.10-1; do
    apt-get download -q "$package" >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
done
for file in *.deb; do dpkg -x "$file" .; done

ddiff() { usr/bin/dateutils.ddiff "$@"; }
dseq() { usr/bin/dateutils.dseq "$@"; }
seen=$(
    ddiff --version | head -n 1
    for dates in "2026-01-28 2026-03-01" "2026-01-29 2026-03-01" "2026-01-30 2026-03-01" "2026-01-31 2026-03-01" \
        "2026-01-31 2026-03-02" "2026-12-31 2027-03-01" "2027-12-31 2028-03-01" "2026-03-31 2026-05-01"; do
        from=${dates% *} to=${dates#* }
        echo "$from to $to: $(ddiff "$from" "$to" -f '%m months and %d days')," \
            "$(ddiff "$from" "$to" -f '%m months, %w weeks and %d days'), $(ddiff "$from" "$to" -f '%d days')"
    done
    dseq 2026-01-01 2027-12-31 >days
    while read -r from; do
        awk -v from="$from" '$1 >= from' days >later
        paste -d ' ' later <(ddiff "$from" -f '%m %d' <later) | awk -v from="$from" '$3 > 30 { print from, $1, $3 }'
    done <days >wrong
    echo "more than 30 days beside months, from a day of 2026 or 2027 to a later one: $(wc -l <wrong) pairs," \
        "from the $(cut -c 9-10 wrong | sort -u | paste -sd ,) to $(cut -d ' ' -f 2 wrong | cut -c 6- | sort -u | paste -sd ,)," \
        "with $(cut -d ' ' -f 3 wrong | sort -u | paste -sd ,)"
)
expected=$(cat <<'TEXT'
datediff 0.4.10
2026-01-28 to 2026-03-01: 1 months and 1 days, 1 months, 0 weeks and 1 days, 32 days
2026-01-29 to 2026-03-01: 1 months and 0 days, 1 months, 0 weeks and 0 days, 31 days
2026-01-30 to 2026-03-01: 1 months and 63 days, 1 months, 9 weeks and 0 days, 30 days
2026-01-31 to 2026-03-01: 1 months and 62 days, 1 months, 8 weeks and 6 days, 29 days
2026-01-31 to 2026-03-02: 1 months and 63 days, 1 months, 9 weeks and 0 days, 30 days
2026-12-31 to 2027-03-01: 2 months and 62 days, 2 months, 8 weeks and 6 days, 60 days
2027-12-31 to 2028-03-01: 2 months and 63 days, 2 months, 9 weeks and 0 days, 61 days
2026-03-31 to 2026-05-01: 1 months and 0 days, 1 months, 0 weeks and 0 days, 31 days
more than 30 days beside months, from a day of 2026 or 2027 to a later one: 31 pairs, from the 30,31 to 03-01,03-02, with 62,63
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "ddiff-months: it behaves otherwise than it did" >&2; exit 1; }
echo ok
