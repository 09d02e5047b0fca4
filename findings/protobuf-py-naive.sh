#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: the two runtimes of Protobuf for Python, Google's and Buf's protobuf-py, make the same of a
# datetime and of a Timestamp.
#
# Seen: in Almaty's time zone protobuf-py 0.7.0 takes a datetime without a zone for the machine's time,
# 16:05 is 11:05Z, where Google's protobuf 7.36.2 takes it for UTC, 16:05Z; on machines in UTC they agree.
# Back in Python, protobuf-py rounds nanoseconds to microseconds, where Google's cuts them off: 16:05:59.9999996
# is 16:06:00 in the one, in the next minute, and 16:05:59.999999 in the other, a Duration of half a second
# and 600 nanoseconds has a microsecond more. The one gives a datetime in UTC, the other one without a zone,
# so their results do not compare.
#
# Matters: a service that changes from the one to the other, both of which pass Protobuf's own tests, moves
# all its appointments by five hours, which no test on a machine in UTC shows.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    protobuf-py==0.7.0 protobuf==7.36.2 tzdata==2026.6

seen=$("$work/venv/bin/python" - <<'PY'
import datetime
import os
import time
from importlib.metadata import version

from google.protobuf.duration_pb2 import Duration as GoogleDuration
from google.protobuf.timestamp_pb2 import Timestamp as GoogleTimestamp
from protobuf.wkt import Duration, Timestamp

print(", ".join(f"{name} {version(name)}" for name in ("protobuf-py", "protobuf")))
almaty = datetime.timezone(datetime.timedelta(hours=5))
noon = datetime.datetime(2026, 3, 19, 16, 5)
for zone in ("UTC", "<+05>-5"):
    os.environ["TZ"] = zone
    time.tzset()
    for moment in (noon, noon.replace(tzinfo=almaty)):
        google = GoogleTimestamp()
        google.FromDatetime(moment)
        print(f"machine {zone}, {moment.isoformat()}: {Timestamp.from_datetime(moment).to_json()[1:-1]}, "
              f"{google.ToJsonString()}")
for text in ("2026-03-19T16:05:59.5Z", "2026-03-19T16:05:59.9999996Z"):
    google = GoogleTimestamp()
    google.FromJsonString(text)
    print(f"{text}: {Timestamp.from_json(repr(text).replace(chr(39), chr(34))).to_datetime()}, {google.ToDatetime()}")
for nanos in (500_000_000, 500_000_600, -500_000_600):
    print(f"{nanos} nanoseconds: {Duration(nanos=nanos).to_timedelta().total_seconds()}, "
          f"{GoogleDuration(nanos=nanos).ToTimedelta().total_seconds()}")
PY
)
expected=$(cat <<'TEXT'
protobuf-py 0.7.0, protobuf 7.36.2
machine UTC, 2026-03-19T16:05:00: 2026-03-19T16:05:00Z, 2026-03-19T16:05:00Z
machine UTC, 2026-03-19T16:05:00+05:00: 2026-03-19T11:05:00Z, 2026-03-19T11:05:00Z
machine <+05>-5, 2026-03-19T16:05:00: 2026-03-19T11:05:00Z, 2026-03-19T16:05:00Z
machine <+05>-5, 2026-03-19T16:05:00+05:00: 2026-03-19T11:05:00Z, 2026-03-19T11:05:00Z
2026-03-19T16:05:59.5Z: 2026-03-19 16:05:59.500000+00:00, 2026-03-19 16:05:59.500000
2026-03-19T16:05:59.9999996Z: 2026-03-19 16:06:00+00:00, 2026-03-19 16:05:59.999999
500000000 nanoseconds: 0.5, 0.5
500000600 nanoseconds: 0.500001, 0.5
-500000600 nanoseconds: -0.500001, -0.5
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "protobuf-py-naive: it behaves otherwise than it did" >&2; exit 1; }
echo ok
