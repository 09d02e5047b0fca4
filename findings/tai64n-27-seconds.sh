#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: @40000000... before a journal's line is a moment, TAI64N, which each tool of that format
# reads as the same.
#
# Seen: daemontools 0.76 and runit 2.1.2 write the clock and 10 seconds, s6 2.11.3 the clock and 37,
# with the leap seconds until 2017. So s6-tai64nlocal shows what multilog or svlogd wrote 27 seconds
# early, and tai64nlocal shows what s6-log wrote 27 seconds late.
#
# Matters: of two services' journals, sorted together, a ticket is served before it was called; and
# nothing in a line tells which of the two it is.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
for package in daemontools=1:0.76-8.1 runit=2.1.2-54 s6=2.11.3.2-1 libs6-2.11=2.11.3.2-1 libskarnet2.13=2.13.1.1-1 \
    libexecline2.9=2.9.3.0-1; do
    apt-get download -q "$package" >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
done
for file in *.deb; do dpkg -x "$file" .; done

export TZ=UTC
LD_LIBRARY_PATH=$(dirname usr/lib/*/libskarnet.so.2.*.*)
export LD_LIBRARY_PATH
mkdir by-svlogd
write() {
    case $1 in
        multilog | s6-log) usr/bin/"$1" t "./by-$1" ;;
        svlogd) usr/bin/svlogd -t ./by-svlogd ;;
        *) usr/bin/"$1" ;;
    esac
    cat "by-$1/current" 2>/dev/null || true
}
seen=$(
    echo "daemontools 1:0.76-8.1, runit 2.1.2-54, s6 2.11.3.2-1"
    for writer in tai64n multilog svlogd s6-tai64n s6-log; do
        before=$(date +%s)
        stamp=$(echo "A 017 called" | write $writer | cut -c 2-17)
        after=$(date +%s)
        # 2^62 seconds are 1970; what is left beside the clock, which went on meanwhile.
        seconds=$((16#$stamp - 16#4000000000000000))
        for ahead in 10 37; do
            ((seconds - ahead >= before && seconds - ahead <= after)) && { seconds="the clock and $ahead s"; break; }
        done
        echo "$writer writes $seconds"
    done
    for reader in tai64nlocal s6-tai64nlocal; do
        echo "$reader reads $(echo "@4000000069bbd86600000000 A 017 called" | usr/bin/$reader)"
    done
)
expected=$(cat <<'TEXT'
daemontools 1:0.76-8.1, runit 2.1.2-54, s6 2.11.3.2-1
tai64n writes the clock and 10 s
multilog writes the clock and 10 s
svlogd writes the clock and 10 s
s6-tai64n writes the clock and 37 s
s6-log writes the clock and 37 s
tai64nlocal reads 2026-03-19 11:05:00.000000000 A 017 called
s6-tai64nlocal reads 2026-03-19 11:04:33.000000000 A 017 called
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "tai64n-27-seconds: it behaves otherwise than it did" >&2; exit 1; }
echo ok
