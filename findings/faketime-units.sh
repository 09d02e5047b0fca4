#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: libfaketime, told '+1w' or '+1M', moves the clock by a week or a month, or says that it
# does not know the unit.
#
# Seen: libfaketime 0.9.10 takes a unit it does not know for seconds: +1w, +1M and +1,5d (with a
# comma) are one second, one second and one day. '+1y' is 365 days; '+1 day' works since only the
# first letter is read, so '+1min' and '+1month' are both a minute.
#
# Matters: a test 'a month later' passes because it still runs today.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
for package in libfaketime=0.9.10-2.1; do
    apt-get download -q "$package" >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
done
for file in *.deb; do dpkg -x "$file" .; done

library=$(echo "$work"/usr/lib/*/faketime/libfaketime.so.1)
seen=$(
    echo "libfaketime 0.9.10"
    for shift in +1w +1M +1month +1min +1d "+1 day" +1,5d +1.5d +1y; do
        before=$(date +%s)
        there=$(LD_PRELOAD="$library" FAKETIME="$shift" date +%s)
        # Starting a program takes time: seconds beyond the shift are cut, below 20.
        moved=$((there - before))
        for unit in 1 60 86400 129600 604800 2592000 31536000; do
            ((moved >= unit && moved < unit + 20)) && { moved=$unit; break; }
        done
        echo "$shift: $moved s"
    done
)
expected=$(cat <<'TEXT'
libfaketime 0.9.10
+1w: 1 s
+1M: 1 s
+1month: 60 s
+1min: 60 s
+1d: 86400 s
+1 day: 86400 s
+1,5d: 86400 s
+1.5d: 129600 s
+1y: 31536000 s
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "faketime-units: it behaves otherwise than it did" >&2; exit 1; }
echo ok
