#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: hledger's rule 'every 5th Thursday from 2026-01-01' writes entries on the fifth Thursdays of 2026, five
# days: 29 January, 30 April, 30 July, 29 October and 31 December.
#
# Seen: hledger 1.25 writes twelve. A month without a fifth Thursday has one all the same, the first of the month
# after it, so that of February is 5 March; January's own is left out, and 1 January, of December's, stands in
# its place. 'every 4th' is right but for where it begins: a day before the rule's 'from' is written first, as
# 25 December 2025 from 1 January 2026 on, and 17 March for each Tuesday from 19 March on.
#
# Matters: a journal of duties or rents on 'the fifth Thursday' has twelve a year instead of five, and each
# such rule one from before it was in force.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
for package in hledger=1.25-2+b5 libgmp10=2:6.2.1+dfsg1-1.1 libffi8=3.4.4-1 libtinfo6=6.4-4; do
    apt-get download -q "$package" >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
done
for file in *.deb; do dpkg -x "$file" .; done
export LANG=C.UTF-8 LD_LIBRARY_PATH
LD_LIBRARY_PATH=$(printf '%s:' usr/lib/*-linux-gnu lib/*-linux-gnu)

days() {
    printf '~ %s\n    duty  1\n    office\n' "$1" >rule.journal
    echo "$1:" $(usr/bin/hledger --file=rule.journal register --forecast=2025-01-01..2028-01-01 \
        --output-format=csv duty | sed '1d; s/^"[^"]*","\([^"]*\)".*/\1/')
}
seen=$(
    usr/bin/hledger --version | cut -d ',' -f 1
    for rule in "every 5th Thursday" "every 5th Friday" "every 4th Thursday" "every 1st Thursday"; do
        days "$rule from 2026-01-01 to 2027-01-01"
    done
    days "every Tuesday from 2026-03-19 to 2026-04-10"
)
expected=$(cat <<'TEXT'
hledger 1.25
every 5th Thursday from 2026-01-01 to 2027-01-01: 2026-01-01 2026-03-05 2026-04-02 2026-04-30 2026-06-04 2026-07-02 2026-07-30 2026-09-03 2026-10-01 2026-10-29 2026-12-03 2026-12-31
every 5th Friday from 2026-01-01 to 2027-01-01: 2026-01-02 2026-03-06 2026-04-03 2026-05-01 2026-05-29 2026-07-03 2026-07-31 2026-09-04 2026-10-02 2026-10-30 2026-12-04
every 4th Thursday from 2026-01-01 to 2027-01-01: 2025-12-25 2026-01-22 2026-02-26 2026-03-26 2026-04-23 2026-05-28 2026-06-25 2026-07-23 2026-08-27 2026-09-24 2026-10-22 2026-11-26 2026-12-24
every 1st Thursday from 2026-01-01 to 2027-01-01: 2026-01-01 2026-02-05 2026-03-05 2026-04-02 2026-05-07 2026-06-04 2026-07-02 2026-08-06 2026-09-03 2026-10-01 2026-11-05 2026-12-03
every Tuesday from 2026-03-19 to 2026-04-10: 2026-03-17 2026-03-24 2026-03-31 2026-04-07
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "hledger-fifth-thursday: it behaves otherwise than it did" >&2; exit 1; }
echo ok
