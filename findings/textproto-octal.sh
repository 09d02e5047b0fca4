#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: in Protobuf's text format a number with zeros before it is that number, or refused, as in
# its JSON.
#
# Seen: protobuf 7.36.2 and protoc 3.21.12 read it as octal: the ticket 017 is 15 and the window
# 010 is 8, without an error, while 08 and 09 are refused. JSON refuses 017 as a number, but takes
# '017' in quotes as 17.
#
# Matters: a hand-written list of tickets or offices with numbers of equal width is wrong from 010
# on, and refused only where an 8 or 9 stands in it.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    protobuf==7.36.2

cd "$work"
for package in protobuf-compiler=3.21.12-3+deb12u1 libprotoc32=3.21.12-3+deb12u1 libprotobuf32=3.21.12-3+deb12u1; do
    apt-get download -q "$package" >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
done
for file in *.deb; do dpkg -x "$file" .; done

cat >ticket.proto <<'PROTO'
syntax = "proto3";
message Ticket {
  int64 number = 1;
}
PROTO
protoc() {
    LD_LIBRARY_PATH="$(dirname usr/lib/*/libprotoc.so.32)" usr/bin/protoc "$@"
}
protoc --descriptor_set_out=ticket.pb ticket.proto
cat >look.py <<'PY'
from importlib.metadata import version

from google.protobuf import descriptor_pb2, json_format, message_factory, text_format

print(f"protobuf {version('protobuf')}")
with open("ticket.pb", "rb") as file:
    files = descriptor_pb2.FileDescriptorSet.FromString(file.read())
Ticket = message_factory.GetMessages(files.file)["Ticket"]
for number in ("17", "017", "010", "08", '"017"'):
    for name, read, text in (
        ("text", text_format.Parse, f"number: {number}"),
        ("JSON", json_format.Parse, f'{{"number": {number}}}'),
    ):
        try:
            print(f"{name}, {number}: {read(text, Ticket()).number}")
        except (text_format.ParseError, json_format.ParseError):
            print(f"{name}, {number}: refused")
PY
seen=$(
    "$work/venv/bin/python" look.py
    protoc --version
    for number in 17 017 010 08; do
        echo "text, $number:" "$(echo "number: $number" | protoc --encode=Ticket ticket.proto 2>/dev/null |
            protoc --decode=Ticket ticket.proto | sed 's/^number: //' || echo refused)"
    done
)
expected=$(cat <<'TEXT'
protobuf 7.36.2
text, 17: 17
JSON, 17: 17
text, 017: 15
JSON, 017: refused
text, 010: 8
JSON, 010: refused
text, 08: refused
JSON, 08: refused
text, "017": refused
JSON, "017": 17
libprotoc 3.21.12
text, 17: 17
text, 017: 15
text, 010: 8
text, 08: refused
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "textproto-octal: it behaves otherwise than it did" >&2; exit 1; }
echo ok
