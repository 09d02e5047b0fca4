#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: the last weekly copies that rotate-backups keeps are those of the last weeks, also in the
# year after a January that begins within the old year's week.
#
# Seen: rotate-backups 8.1 knows a week by the year of the date and the number of ISO 8601. Friday, 1
# January 2027, is of week 53 and so becomes the last week of 2027: with --relaxed --weekly=1 it is
# the one weekly copy of all that year, and of three there are two weeks left beside it. Without
# --relaxed the week is kept twice, for a month.
#
# Matters: who keeps one copy of the journal a week, beside those of the last days, finds the one of
# New Year's Eve's night when a damage is seen two weeks late.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    rotate-backups==8.1 executor==23.2 simpleeval==1.0.8

cd "$work"
# What is kept of a copy each night from 1 December to that day.
kept() {
    rm -rf copies
    mkdir copies
    python3 - "$1" "$2" <<'PY'
import datetime
import pathlib
import sys

day, last = (datetime.date.fromisoformat(text) for text in sys.argv[1:])
while day <= last:
    pathlib.Path(f"copies/journal-{day}.db").touch()
    day += datetime.timedelta(days=1)
PY
    HOME="$work" venv/bin/rotate-backups "${@:3}" copies >rotate.log 2>&1 || { cat rotate.log >&2; return 1; }
    (cd copies && for file in *.db; do file=${file#journal-}; date -d "${file%.db}" "+%F of week %G-W%V"; done) |
        paste -sd , | sed 's/,/, /g'
}
seen=$(
    venv/bin/python -c 'from importlib.metadata import version; print("rotate-backups", version("rotate-backups"))'
    for last in 2026-12-31 2027-01-10 2027-03-19 2027-12-31; do
        for weeks in 1 3; do
            echo "until $last, --relaxed --weekly=$weeks: $(kept 2026-12-01 "$last" --relaxed --weekly="$weeks")"
        done
    done
    echo "until 2027-01-15, --weekly=4: $(kept 2026-12-01 2027-01-15 --weekly=4)"
)
expected=$(cat <<'TEXT'
rotate-backups 8.1
until 2026-12-31, --relaxed --weekly=1: 2026-12-28 of week 2026-W53
until 2026-12-31, --relaxed --weekly=3: 2026-12-14 of week 2026-W51, 2026-12-21 of week 2026-W52, 2026-12-28 of week 2026-W53
until 2027-01-10, --relaxed --weekly=1: 2027-01-01 of week 2026-W53
until 2027-01-10, --relaxed --weekly=3: 2026-12-28 of week 2026-W53, 2027-01-01 of week 2026-W53, 2027-01-04 of week 2027-W01
until 2027-03-19, --relaxed --weekly=1: 2027-01-01 of week 2026-W53
until 2027-03-19, --relaxed --weekly=3: 2027-01-01 of week 2026-W53, 2027-03-08 of week 2027-W10, 2027-03-15 of week 2027-W11
until 2027-12-31, --relaxed --weekly=1: 2027-01-01 of week 2026-W53
until 2027-12-31, --relaxed --weekly=3: 2027-01-01 of week 2026-W53, 2027-12-20 of week 2027-W51, 2027-12-27 of week 2027-W52
until 2027-01-15, --weekly=4: 2026-12-28 of week 2026-W53, 2027-01-01 of week 2026-W53, 2027-01-04 of week 2027-W01, 2027-01-11 of week 2027-W02
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "rotate-backups-january: it behaves otherwise than it did" >&2; exit 1; }
echo ok
