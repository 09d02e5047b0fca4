#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: what Pydantic writes of times and durations is valid by the JSON Schema that Pydantic makes of the
# same type.
#
# Seen: Pydantic 2.14.4 gives the formats time, date-time and duration, which JSON Schema takes from RFC 3339.
# There each time has a zone, and a duration leaves out no unit between two and has no fraction and no sign. An
# office's opening hour, 16:05:00, and a date and time without a zone are refused by jsonschema 4.26.0 and
# jsonschema-rs 0.61.2; fastjsonschema 2.22.3 takes the hour. jsonschema-rs refuses an hour and 30 seconds too,
# PT1H30S, and 400 days, which is written as P1Y35D; it and fastjsonschema refuse 90.5 seconds and a minute less
# than nothing. jsonschema takes all durations.
#
# Matters: once a gateway or a test checks answers by their schema, a service refuses its own opening hours, and
# of its waiting times those with a fraction, and those of an hour and some seconds.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    pydantic==2.14.4 "jsonschema[format-nongpl]==4.26.0" jsonschema-rs==0.61.2 fastjsonschema==2.22.3

seen=$("$work/venv/bin/python" - <<'PY'
import datetime
import json
from importlib.metadata import version

import fastjsonschema
import jsonschema
import jsonschema_rs
from pydantic import TypeAdapter

for name in ("pydantic", "jsonschema", "jsonschema-rs", "fastjsonschema"):
    print(name, version(name))
almaty = datetime.timezone(datetime.timedelta(hours=5))


def passes(schema, value):
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    yield jsonschema.Draft202012Validator(schema, format_checker=checker).is_valid(value)
    yield jsonschema_rs.Draft202012Validator(schema, validate_formats=True).is_valid(value)
    try:
        fastjsonschema.compile(schema)(value)
        yield True
    except fastjsonschema.JsonSchemaValueException:
        yield False


for value in (
    datetime.time(16, 5), datetime.time(16, 5, tzinfo=almaty),
    datetime.datetime(2026, 3, 19, 16, 5), datetime.datetime(2026, 3, 19, 16, 5, tzinfo=almaty),
    datetime.timedelta(minutes=90), datetime.timedelta(minutes=60, seconds=1),
    datetime.timedelta(minutes=60, seconds=30), datetime.timedelta(seconds=90), datetime.timedelta(seconds=90.5),
    datetime.timedelta(minutes=-1), datetime.timedelta(days=14), datetime.timedelta(days=400),
):
    adapter = TypeAdapter(type(value))
    schema = adapter.json_schema(mode="serialization")
    text = json.loads(adapter.dump_json(value))
    print(f"{schema['format']} {text}: " + ", ".join("valid" if one else "refused" for one in passes(schema, text)))
PY
)
expected=$(cat <<'TEXT'
pydantic 2.14.4
jsonschema 4.26.0
jsonschema-rs 0.61.2
fastjsonschema 2.22.3
time 16:05:00: refused, refused, valid
time 16:05:00+05:00: valid, valid, valid
date-time 2026-03-19T16:05:00: refused, refused, refused
date-time 2026-03-19T16:05:00+05:00: valid, valid, valid
duration PT1H30M: valid, valid, valid
duration PT1H1S: valid, refused, valid
duration PT1H30S: valid, refused, valid
duration PT1M30S: valid, valid, valid
duration PT1M30.5S: valid, refused, refused
duration -PT1M: valid, refused, refused
duration P14D: valid, valid, valid
duration P1Y35D: valid, refused, valid
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "pydantic-own-schema: it behaves otherwise than it did" >&2; exit 1; }
echo ok
