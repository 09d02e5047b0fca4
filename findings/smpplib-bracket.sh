#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: smpplib divides a long SMS between characters.
#
# Seen: smpplib 2.2.4 divides between septets. Of a character that takes two, as [ ] { } ~ | ^ \ and
# the euro sign, the escape may end one part and the rest begin the next: with each part read by
# itself, as gsm0338 1.1.0 does here, 'list [4]' has become 'list ' and '<4]'. python-gsmmodem-new
# 0.13.0 begins the next part earlier. Two names of four make the difference here.
#
# Matters: a reminder is right or wrong by the length of the applicant's name before the bracket.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    smpplib==2.2.4 gsm0338==1.1.0 python-gsmmodem-new==0.13.0

seen=$("$work/venv/bin/python" -W ignore - <<'PY'
from importlib.metadata import version

import gsm0338
import gsmmodem.pdu
import smpplib.gsm

for name in ("smpplib", "gsm0338", "python-gsmmodem-new"):
    print(f"{name} {version(name)}")
septets = gsm0338.Codec()


def smpp(text):
    return [septets.decode(part[6:])[0] for part in smpplib.gsm.make_parts(text)[0]]


def others(text):
    sent = gsmmodem.pdu.encodeSmsSubmitPdu("+77001234567", text)
    return [gsmmodem.pdu.decodeSmsPdu(str(part))["text"] for part in sent]


for name in ("Asel", "Damir", "Aigerim", "Zhanar K"):
    text = (f"Dear {name}, your turn is on 19 March 2026 at 16:05, window 3, ticket A017. "
            "Please bring your identity card and the papers that are named in the list [4] sent to you.")
    print(name)
    for library, divide in (("smpplib", smpp), ("gsmmodem", others)):
        one, two = divide(text)
        print(f"  {library}: {one[-9:]!r} and {two[:9]!r}")
PY
)
expected=$(cat <<'TEXT'
smpplib 2.2.4
gsm0338 1.1.0
python-gsmmodem-new 0.13.0
Asel
  smpplib: ' list [4]' and ' sent to '
  gsmmodem: ' list [4]' and ' sent to '
Damir
  smpplib: 'e list [4' and '> sent to'
  gsmmodem: 'e list [4' and '] sent to'
Aigerim
  smpplib: 'he list [' and '4] sent t'
  gsmmodem: 'he list [' and '4] sent t'
Zhanar K
  smpplib: 'the list ' and '<4] sent '
  gsmmodem: 'the list ' and '[4] sent '
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "smpplib-bracket: it behaves otherwise than it did" >&2; exit 1; }
echo ok
