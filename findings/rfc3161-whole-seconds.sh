#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: rfc3161-client gives the time of an RFC 3161 time stamp as it stands in the stamp, with its
# fraction of a second.
#
# Seen: rfc3161-client 1.0.9 cuts the fraction off: gen_time of a stamp with microseconds is the whole
# second, though it is a datetime, and though the stamp's accuracy, here 100 microseconds, is read. Two
# stamps of one second have one time, while 'ordering' in them says that their times tell which was first.
# rfc3161ng 2.1.3 has the fraction, but no zone: its time compares with no time of UTC.
#
# Matters: whoever tells by time stamps which of two applications came first has a tie.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    rfc3161-client==1.0.9 rfc3161ng==2.1.3

# OpenSSL only makes the stamps, in any of its versions.
cd "$work"
for package in openssl libssl3; do
    apt-get download -q "$package" >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
done
for package in ./*.deb; do
    dpkg -x "$package" .
done
cat >tsa.conf <<'CONF'
[req]
distinguished_name = name
[name]
[tsa]
extendedKeyUsage = critical, timeStamping
[office]
serial = $ENV::SERIAL
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
accuracy = microsecs:100
clock_precision_digits = 6
ordering = yes
CONF
export OPENSSL_CONF=$work/tsa.conf SERIAL=none LD_LIBRARY_PATH
LD_LIBRARY_PATH=$(dirname "$(find "$work/usr/lib" -name libssl.so.3)")
usr/bin/openssl req -x509 -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.pem -days 30 -subj /CN=office \
    -extensions tsa >req.log 2>&1 || { cat req.log >&2; exit 1; }
for name in first second; do
    echo 01 >"$name.serial"
    echo "application $name" >"$name.txt"
    usr/bin/openssl ts -query -data "$name.txt" -sha256 -cert -out "$name.query" 2>"$name.log"
done
stamp() {
    SERIAL=$1.serial usr/bin/openssl ts -reply -config tsa.conf -section office -queryfile "$1.query" -out "$1" \
        2>"$1.log" || { cat "$1.log" >&2; exit 1; }
}
# Two stamps of one second with different fractions of it, both made at once.
for _ in {1..60}; do
    stamp first &
    stamp second
    wait
    for name in first second; do
        usr/bin/openssl ts -reply -in "$name" -text 2>"$name.log" | sed -n 's/^Time stamp: //p' >"$name.text"
    done
    if [[ $(sed 's/\.[0-9]*//' first.text) == "$(sed 's/\.[0-9]*//' second.text)" ]] &&
        ! cmp -s first.text second.text; then
        break
    fi
done

seen=$(LD_LIBRARY_PATH= OPENSSL_CONF= "$work/venv/bin/python" - <<'PY'
import datetime
import re
from importlib.metadata import version

import rfc3161_client
import rfc3161ng

print(", ".join(f"{name} {version(name)}" for name in ("rfc3161-client", "rfc3161ng")))
stamps = []
for name in ("first", "second"):
    with open(f"{name}.text") as file:
        day, fraction, year = re.fullmatch(r"(.*)\.(\d+) (\d+) GMT\n", file.read()).groups()
    real = datetime.datetime.strptime(f"{day} {year}", "%b %d %H:%M:%S %Y").replace(
        microsecond=int(fraction.ljust(6, "0")))
    with open(name, "rb") as file:
        response = file.read()
    info = rfc3161_client.decode_timestamp_response(response).tst_info
    token = rfc3161ng.decode_timestamp_response(response).time_stamp_token
    stamps.append((real, info.gen_time, rfc3161ng.get_timestamp(token)))
stamps.sort()
real, client, other = zip(*stamps)
print(f"the stamps: one second {real[0].replace(microsecond=0) == real[1].replace(microsecond=0)}, "
      f"the first is earlier {real[0] < real[1]}, ordering {info.ordering}, accuracy {info.accuracy.micros} us")
print(f"rfc3161-client: the first is earlier {client[0] < client[1]}, equal {client[0] == client[1]}, "
      f"microseconds {client[0].microsecond} and {client[1].microsecond}, zone {client[0].tzinfo}")
print(f"rfc3161ng: the first is earlier {other[0] < other[1]}, with the stamps' fractions {other == real}, "
      f"zone {other[0].tzinfo}")
PY
)
expected=$(cat <<'TEXT'
rfc3161-client 1.0.9, rfc3161ng 2.1.3
the stamps: one second True, the first is earlier True, ordering True, accuracy 100 us
rfc3161-client: the first is earlier False, equal True, microseconds 0 and 0, zone UTC
rfc3161ng: the first is earlier True, with the stamps' fractions True, zone None
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "rfc3161-whole-seconds: it behaves otherwise than it did" >&2; exit 1; }
echo ok
