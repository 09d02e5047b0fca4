#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: proto-schema-parser, which parses .proto files and writes them again, gives back the same
# schema, but for its spaces.
#
# Seen: version 2.1.0 writes 'option optimize_for = SPEED' as a string that names a Python object,
# which protoc refuses. The options of an enum's values and of map fields are gone, as is the word
# 'repeated' of proto2's groups. In strings each backslash becomes two and each quote gets one more,
# again in each round. A field number in hexadecimal is a ValueError. Only the first, the group and
# the number are noticed by protoc or by the caller.
#
# Matters: a tool that adds a field to the schema of the queue's messages takes other things out of
# it; that the old state of a ticket was deprecated is lost without a word.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    proto-schema-parser==2.1.0 grpcio-tools==1.81.1

cd "$work"
cat >look.py <<'PY'
import pathlib
import subprocess
import sys
from importlib.metadata import version

from proto_schema_parser.generator import Generator
from proto_schema_parser.parser import Parser

print(f"proto-schema-parser {version('proto-schema-parser')}, grpcio-tools {version('grpcio-tools')}")


def written(text):
    return " ".join(Generator().generate(Parser().parse(text)).split())


def protoc(text):
    pathlib.Path("a.proto").write_text(text)
    command = [sys.executable, "-m", "grpc_tools.protoc", "-I.", "--descriptor_set_out=a.pb", "a.proto"]
    return "refused" if subprocess.run(command, stderr=subprocess.DEVNULL).returncode else "taken"


for edition, text in (
    (3, "option optimize_for = SPEED;"),
    (3, "enum State { WAITING = 0; LOST = 1 [deprecated = true]; }"),
    (3, "message M { map<string, int32> a = 1 [deprecated = true]; }"),
    (3, "message M { reserved 2, 9 to 11, 100 to max; string a = 1 [deprecated = true]; }"),
    (3, r'message M { string a = 1 [json_name = "a\"b\\c"]; }'),
    (2, "message M { repeated group Visit = 1 { optional int32 a = 1; } }"),
    (3, "message M { string a = 0x0d; }"),
):
    start = f'syntax = "proto{edition}"; '
    print(f"{text}\n  protoc: {protoc(start + text)}")
    try:
        again = written(start + text)
        twice = written(again)
    except ValueError as error:
        print(f"  written: {type(error).__name__}")
        continue
    print(f"  written: {again.removeprefix(start)}\n  protoc: {protoc(again)}")
    if twice != again:
        print(f"  again: {twice.removeprefix(start)}")
PY
seen=$("$work/venv/bin/python" look.py)
expected=$(cat <<'TEXT'
proto-schema-parser 2.1.0, grpcio-tools 1.81.1
option optimize_for = SPEED;
  protoc: taken
  written: option optimize_for = "Identifier(name='SPEED')";
  protoc: refused
enum State { WAITING = 0; LOST = 1 [deprecated = true]; }
  protoc: taken
  written: enum State { WAITING = 0; LOST = 1; }
  protoc: taken
message M { map<string, int32> a = 1 [deprecated = true]; }
  protoc: taken
  written: message M { map<string, int32> a = 1; }
  protoc: taken
message M { reserved 2, 9 to 11, 100 to max; string a = 1 [deprecated = true]; }
  protoc: taken
  written: message M { reserved 2, 9 to 11, 100 to max; string a = 1 [deprecated = true]; }
  protoc: taken
message M { string a = 1 [json_name = "a\"b\\c"]; }
  protoc: taken
  written: message M { string a = 1 [json_name = "a\\\"b\\\\c"]; }
  protoc: taken
  again: message M { string a = 1 [json_name = "a\\\\\\\"b\\\\\\\\c"]; }
message M { repeated group Visit = 1 { optional int32 a = 1; } }
  protoc: taken
  written: message M { group Visit = 1 { optional int32 a = 1; } }
  protoc: refused
message M { string a = 0x0d; }
  protoc: taken
  written: ValueError
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "proto-schema-parser: it behaves otherwise than it did" >&2; exit 1; }
echo ok
