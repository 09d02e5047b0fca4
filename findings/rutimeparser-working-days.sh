#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: rutimeparser reads 'через 3 рабочих дня' (in three working days) as working days, or not at
# all, and 'в понедельник' (on Monday) as the Monday to come.
#
# Seen: rutimeparser 1.1.1 leaves the word 'working' out: on a Thursday three working days end on
# Sunday. A weekday is one of the present week, from Monday on: said on a Thursday, 'on Monday' is
# three days ago. 'В конце месяца' (at the end of the month) is the first of the month before.
#
# Matters: a chat in which applicants write when they want to come offers them days that have passed,
# and a term that an answer names is due on a day of rest.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    rutimeparser==1.1.1

seen=$("$work/venv/bin/python" - 2>/dev/null <<'PY'
import datetime
from importlib.metadata import version

import rutimeparser

print(f"rutimeparser {version('rutimeparser')}")
now = datetime.datetime(2026, 3, 19, 10, 0)
print(f"now: {now:%a %Y-%m-%d %H:%M}")
for text in ("через 3 дня", "через 3 рабочих дня", "через 5 рабочих дней", "в понедельник",
             "в субботу", "в следующий понедельник", "в конце месяца"):
    found = rutimeparser.parse(text, now=now)
    print(f"{text}: {found:%a %Y-%m-%d}")
PY
)
expected=$(cat <<'TEXT'
rutimeparser 1.1.1
now: Thu 2026-03-19 10:00
через 3 дня: Sun 2026-03-22
через 3 рабочих дня: Sun 2026-03-22
через 5 рабочих дней: Tue 2026-03-24
в понедельник: Mon 2026-03-16
в субботу: Sat 2026-03-21
в следующий понедельник: Mon 2026-03-23
в конце месяца: Sun 2026-02-01
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "rutimeparser-working-days: it behaves otherwise than it did" >&2; exit 1; }
echo ok
