#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: Protobuf's JSON of a time is that time in UTC, with Z, as the mapping says; what betterproto
# writes as JSON and as bytes is the same moment.
#
# Seen: betterproto 1.2.5, the last release that is not a trial, writes the hour as it stands in the
# datetime and puts Z after it: 16:05+05:00 is '16:05:00Z' in JSON, five hours too late, while its bytes
# are right. The same message read back from its two forms is two different ones. A time without a zone
# is local time in the bytes and UTC in JSON. protobuf 6.33.6 writes 11:05Z.
#
# Matters: a visit at 16:05 in Almaty is at 21:05 to whoever asks over HTTP, and right over gRPC or TCP.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    betterproto==1.2.5 protobuf==6.33.6 tzdata==2026.6

seen=$(TZ=Asia/Almaty "$work/venv/bin/python" - <<'PY'
import datetime
from dataclasses import dataclass
from importlib.metadata import version
from zoneinfo import ZoneInfo

import betterproto
from google.protobuf.json_format import MessageToDict
from google.protobuf.timestamp_pb2 import Timestamp


@dataclass
class Visit(betterproto.Message):
    at: datetime.datetime = betterproto.message_field(1)


print(f"betterproto {version('betterproto')}, protobuf {version('protobuf')}")
almaty = datetime.datetime(2026, 3, 19, 16, 5, tzinfo=ZoneInfo("Asia/Almaty"))
for name, at in (
    ("Almaty's time", almaty),
    ("UTC", almaty.astimezone(datetime.timezone.utc)),
    ("without a zone, in Almaty", almaty.replace(tzinfo=None)),
):
    visit = Visit(at=at)
    text, data = visit.to_json(), bytes(visit)
    print(f"{at.isoformat()}, {name}: JSON {text}, read back from JSON "
          f"{Visit().from_json(text).at.isoformat()}, from bytes {Visit().parse(data).at.isoformat()}")
timestamp = Timestamp()
timestamp.FromDatetime(almaty)
print(f"protobuf, {almaty.isoformat()}: JSON {MessageToDict(timestamp)}")
PY
)
expected=$(cat <<'TEXT'
betterproto 1.2.5, protobuf 6.33.6
2026-03-19T16:05:00+05:00, Almaty's time: JSON {"at": "2026-03-19T16:05:00Z"}, read back from JSON 2026-03-19T16:05:00+00:00, from bytes 2026-03-19T11:05:00+00:00
2026-03-19T11:05:00+00:00, UTC: JSON {"at": "2026-03-19T11:05:00Z"}, read back from JSON 2026-03-19T11:05:00+00:00, from bytes 2026-03-19T11:05:00+00:00
2026-03-19T16:05:00, without a zone, in Almaty: JSON {"at": "2026-03-19T16:05:00Z"}, read back from JSON 2026-03-19T16:05:00+00:00, from bytes 2026-03-19T11:05:00+00:00
protobuf, 2026-03-19T16:05:00+05:00: JSON 2026-03-19T11:05:00Z
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "betterproto-json-zone: it behaves otherwise than it did" >&2; exit 1; }
echo ok
