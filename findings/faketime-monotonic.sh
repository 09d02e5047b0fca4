#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: a pretended time of day leaves the clocks that only measure alone, or shifts them as it
# shifts the time: CLOCK_MONOTONIC and CLOCK_BOOTTIME stay seconds since the start.
#
# Seen: under libfaketime 0.9.10 both read as the *time of day*, 1.7 thousand million seconds,
# whatever is pretended, '+0' included; and the zone of the pretended text, TZ, moves them by
# hours. /proc/uptime stays real. FAKETIME_DONT_FAKE_MONOTONIC=1 keeps the first real, and the
# second with it.
#
# Matters: a start time kept as monotonic seconds, or compared with /proc/uptime, is 56 years off
# in a rehearsal, and limits of waiting that were handed over from outside have long passed.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
for package in faketime=0.9.10-2.1 libfaketime=0.9.10-2.1; do
    apt-get download -q "$package" >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
done
for file in *.deb; do dpkg -x "$file" .; done

cat >look.py <<'PY'
import time

now, mono = time.time(), time.clock_gettime(time.CLOCK_MONOTONIC)
boot = time.clock_gettime(time.CLOCK_BOOTTIME)
with open("/proc/uptime") as file:
    up = float(file.read().split()[0])


def kind(clock):
    return "time of day" if abs(clock - now) < 5 else "uptime" if abs(clock - up) < 5 else "other"


print(f"monotonic {kind(mono)}, boot time {kind(boot)}")
PY
library=$(echo "$work"/usr/lib/*/faketime/libfaketime.so.1)
look() {
    echo "$*: $(env "$@" LD_PRELOAD="$library" /usr/bin/python3 look.py)"
}
seen=$(
    echo "libfaketime 0.9.10"
    look TZ=UTC0 FAKETIME="+0"
    look TZ=UTC0 FAKETIME="-10d"
    look TZ=UTC0 FAKETIME="@2026-03-19 16:05:00"
    look TZ=UTC-5 FAKETIME="@2026-03-19 16:05:00"
    look TZ=UTC0 FAKETIME="-10d" FAKETIME_DONT_FAKE_MONOTONIC=1
)
expected=$(cat <<'TEXT'
libfaketime 0.9.10
TZ=UTC0 FAKETIME=+0: monotonic time of day, boot time time of day
TZ=UTC0 FAKETIME=-10d: monotonic time of day, boot time time of day
TZ=UTC0 FAKETIME=@2026-03-19 16:05:00: monotonic time of day, boot time time of day
TZ=UTC-5 FAKETIME=@2026-03-19 16:05:00: monotonic time of day, boot time time of day
TZ=UTC0 FAKETIME=-10d FAKETIME_DONT_FAKE_MONOTONIC=1: monotonic uptime, boot time uptime
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "faketime-monotonic: it behaves otherwise than it did" >&2; exit 1; }
echo ok
