#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: Standard Webhooks' Python library signs the moment it is given, in whatever zone this is
# written: sign takes a datetime, and verify of the same library accepts the message.
#
# Seen: standardwebhooks 1.1.0 puts UTC in the place of the datetime's own zone before it counts the
# seconds. 16:05+05:00 is signed as 16:05 UTC, five hours later than the moment, and so is the local
# time without a zone; the message with the moment's seconds in its header is refused by verify: 'No
# matching signature found'. In UTC, and without a zone on a machine whose zone is UTC, it is right.
#
# Matters: all webhooks of a server that works in Almaty's time are refused, while its tests, on
# machines in UTC, pass.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    standardwebhooks==1.1.0 tzdata==2026.6

seen=$("$work/venv/bin/python" - <<'PY'
import base64
import datetime
import os
import time
from importlib.metadata import version
from zoneinfo import ZoneInfo

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

print(f"standardwebhooks {version('standardwebhooks')}")
webhook = Webhook(base64.b64encode(bytes(range(32))).decode())
body = '{"ticket":"A017"}'
now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


def verified(moment, seconds):
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(seconds),
        "webhook-signature": webhook.sign("msg_1", moment, body),
    }
    try:
        return f"accepted, {webhook.verify(body, headers)}"
    except WebhookVerificationError as error:
        return f"refused, {error}"


def local(zone):
    os.environ["TZ"] = zone
    time.tzset()
    return datetime.datetime.fromtimestamp(now.timestamp())


seconds = int(now.timestamp())
almaty = now.astimezone(ZoneInfo("Asia/Almaty"))
print("in UTC:", verified(now, seconds))
print("in Almaty, +05:00:", verified(almaty, seconds))
print("without a zone, on a machine in UTC:", verified(local("UTC"), seconds))
print("without a zone, on a machine in Almaty:", verified(local("Asia/Almaty"), seconds))
same = webhook.sign("msg_1", almaty, body) == webhook.sign("msg_1", now + datetime.timedelta(hours=5), body)
print("Almaty's signature is that of the moment five hours later:", same)
PY
)
expected=$(cat <<'TEXT'
standardwebhooks 1.1.0
in UTC: accepted, {'ticket': 'A017'}
in Almaty, +05:00: refused, No matching signature found
without a zone, on a machine in UTC: accepted, {'ticket': 'A017'}
without a zone, on a machine in Almaty: refused, No matching signature found
Almaty's signature is that of the moment five hours later: True
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "standardwebhooks-sign: it behaves otherwise than it did" >&2; exit 1; }
echo ok
