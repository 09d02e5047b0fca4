#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: a duration below zero comes back from Protobuf's bytes as it was, from betterproto, too: of
# Duration the seconds and the nanoseconds have the same sign.
#
# Seen: betterproto 1.2.5 and 2.0.0b7, and betterproto2 0.10.0, cut the seconds towards zero and count
# the fraction upwards: 90.5 seconds late are written as -90 s and +0.5 s, and read, by themselves and by
# protobuf 6.33.6, as 89.5; a microsecond late is 0.999999 s early. Whole seconds are right, as are all
# durations above zero. The JSON of the same message is '-90.500s', which betterproto2 itself refuses to
# read.
#
# Matters: 'overdue by' is a second off, and what ended just now still has a second; nothing that is
# counted in whole seconds shows it.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    betterproto==1.2.5 betterproto2==0.10.0 betterproto2_compiler==0.10.1 protobuf==6.33.6
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --target="$work/trial" \
    betterproto==2.0.0b7

cd "$work"
for package in protobuf-compiler libprotoc32 libprotobuf32 libprotobuf-dev; do
    apt-get download -q "$package=3.21.12-3+deb12u1" >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
done
for file in *.deb; do dpkg -x "$file" .; done

cat >clock.proto <<'PROTO'
syntax = "proto3";
package clock;
import "google/protobuf/duration.proto";
message Clock {
  google.protobuf.Duration left = 1;
}
PROTO
mkdir generated
PATH="$work/venv/bin:$PATH" LD_LIBRARY_PATH="$(dirname usr/lib/*/libprotoc.so.32)" \
    usr/bin/protoc -I. -Iusr/include --python_betterproto2_out=generated clock.proto >protoc.log 2>&1 ||
    { cat protoc.log >&2; exit 1; }

cat >first.py <<'PY'
import datetime
from dataclasses import dataclass

import betterproto


@dataclass
class Clock(betterproto.Message):
    left: datetime.timedelta = betterproto.message_field(1)


def parse(data):
    return Clock().parse(data)


def from_json(text):
    return Clock().from_json(text)
PY
cat >second.py <<'PY'
from generated.clock import Clock

parse, from_json = Clock.parse, Clock.from_json
PY
cat >look.py <<'PY'
import datetime
import importlib
import sys
from importlib.metadata import version

from google.protobuf.duration_pb2 import Duration

library, module = sys.argv[1:]
print(f"{library} {version(library)}, protobuf {version('protobuf')}")
this = importlib.import_module(module)
for left in (-90.5, -1.5, -0.000001, -2, 90.5):
    clock = this.Clock(left=datetime.timedelta(seconds=left))
    data, text = bytes(clock), clock.to_json()
    # The bytes of the field are those of a Duration, after its tag and its length.
    duration = Duration.FromString(data[2:])
    try:
        back = f"{this.from_json(text).left.total_seconds():g}"
    except ValueError:
        back = "refused"
    print(f"{left:g} s: written {duration.seconds} s and {duration.nanos} ns, "
          f"read {this.parse(data).left.total_seconds():g}, "
          f"by protobuf {duration.ToTimedelta().total_seconds():g}; JSON {text}, read {back}")
PY
seen=$(
    "$work/venv/bin/python" look.py betterproto first
    PYTHONPATH=trial "$work/venv/bin/python" look.py betterproto first
    "$work/venv/bin/python" look.py betterproto2 second
)
expected=$(cat <<'TEXT'
betterproto 1.2.5, protobuf 6.33.6
-90.5 s: written -90 s and 500000000 ns, read -89.5, by protobuf -89.5; JSON {"left": "-90.500s"}, read -90.5
-1.5 s: written -1 s and 500000000 ns, read -0.5, by protobuf -0.5; JSON {"left": "-1.500s"}, read -1.5
-1e-06 s: written 0 s and 999999000 ns, read 0.999999, by protobuf 0.999999; JSON {"left": "-1e-06s"}, read -1e-06
-2 s: written -2 s and 0 ns, read -2, by protobuf -2; JSON {"left": "-2.000s"}, read -2
90.5 s: written 90 s and 500000000 ns, read 90.5, by protobuf 90.5; JSON {"left": "90.500s"}, read 90.5
betterproto 2.0.0b7, protobuf 6.33.6
-90.5 s: written -90 s and 500000000 ns, read -89.5, by protobuf -89.5; JSON {"left": "-90.500s"}, read -90.5
-1.5 s: written -1 s and 500000000 ns, read -0.5, by protobuf -0.5; JSON {"left": "-1.500s"}, read -1.5
-1e-06 s: written 0 s and 999999000 ns, read 0.999999, by protobuf 0.999999; JSON {"left": "-1e-06s"}, read -1e-06
-2 s: written -2 s and 0 ns, read -2, by protobuf -2; JSON {"left": "-2.000s"}, read -2
90.5 s: written 90 s and 500000000 ns, read 90.5, by protobuf 90.5; JSON {"left": "90.500s"}, read 90.5
betterproto2 0.10.0, protobuf 6.33.6
-90.5 s: written -90 s and 500000000 ns, read -89.5, by protobuf -89.5; JSON {"left": "-90.500s"}, read refused
-1.5 s: written -1 s and 500000000 ns, read -0.5, by protobuf -0.5; JSON {"left": "-1.500s"}, read refused
-1e-06 s: written 0 s and 999999000 ns, read 0.999999, by protobuf 0.999999; JSON {"left": "0.999999s"}, read 0.999999
-2 s: written -2 s and 0 ns, read -2, by protobuf -2; JSON {"left": "-2s"}, read refused
90.5 s: written 90 s and 500000000 ns, read 90.5, by protobuf 90.5; JSON {"left": "90.500s"}, read 90.5
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "betterproto-negative: it behaves otherwise than it did" >&2; exit 1; }
echo ok
