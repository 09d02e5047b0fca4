#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: formulas, which computes workbooks without a spreadsheet program, has WORKDAY as the
# programs have it: one working day from a Saturday is Monday.
#
# Seen: formulas 1.3.4 says #VALUE! for each WORKDAY that begins on a Saturday or a Sunday, and for
# each WORKDAY.INTL that begins on a day of its weekend. NETWORKDAYS is right there.
#
# Matters: a sheet of deadlines, computed by a server, has errors in just the lines of what came in
# at a weekend.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    formulas==1.3.4

seen=$("$work/venv/bin/python" - 2>/dev/null <<'PY'
from importlib.metadata import version

import formulas

print(f"formulas {version('formulas')}")


def value(text):
    found = formulas.Parser().ast(text)[1].compile()()
    return str(getattr(found, "ravel", lambda: [found])()[0])


# 46100 is 19 March 2026, a Thursday, in the days of spreadsheets.
for day in (19, 20, 21, 22, 23):
    start = f"DATE(2026,3,{day})"
    print(f"from {day} March: " + ", ".join(
        f"{name} {value(text)}" for name, text in (
            ("WORKDAY", f"=WORKDAY({start},1)"),
            ("WORKDAY.INTL", f"=WORKDAY.INTL({start},1,1)"),
            ("NETWORKDAYS", f"=NETWORKDAYS({start},DATE(2026,3,31))"))))
PY
)
expected=$(cat <<'TEXT'
formulas 1.3.4
from 19 March: WORKDAY 46101, WORKDAY.INTL 46101, NETWORKDAYS 9
from 20 March: WORKDAY 46104, WORKDAY.INTL 46104, NETWORKDAYS 8
from 21 March: WORKDAY #VALUE!, WORKDAY.INTL #VALUE!, NETWORKDAYS 7
from 22 March: WORKDAY #VALUE!, WORKDAY.INTL #VALUE!, NETWORKDAYS 7
from 23 March: WORKDAY 46105, WORKDAY.INTL 46105, NETWORKDAYS 7
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "formulas-workday-saturday: it behaves otherwise than it did" >&2; exit 1; }
echo ok
