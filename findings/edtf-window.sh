#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: text_to_edtf of the library edtf, which finds a date in free text, takes '19 March 2026' for that
# date whatever stands before it, or finds none.
#
# Seen: edtf 5.0.2 takes any number before the date for the year, and drops the year that stands there:
# 'window 5, 19 March 2026' is 19 March 2005, 'No. 12 of 19 March 2026' is of 2012, 'within 15 days of 19
# March 2026' of 2015, and 'ticket 117 of' of the year 117; of '20-21 March 2026' it makes 21 March 2020.
# Numbers after the date, and times with a colon, change nothing.
#
# Matters: letters that are filed by the date in their subject lie under another year, which is a valid
# date, and their terms are long over.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    edtf==5.0.2

seen=$("$work/venv/bin/python" - 2>&1 <<'PY'
import logging
from importlib.metadata import version

logging.disable()
from edtf import text_to_edtf  # noqa: E402

print(f"edtf {version('edtf')}")
for text in (
    "19 March 2026", "10:00 on 19 March 2026", "at 9 on 19 March 2026", "window 5, 19 March 2026",
    "No. 12 of 19 March 2026", "ticket 17 of 19 March 2026", "ticket 117 of 19 March 2026",
    "within 15 days of 19 March 2026", "2 to 5 March 2026", "20-21 March 2026", "19 March 2026, window 5",
):
    print(f"{text}: {text_to_edtf(text)}")
PY
)
expected=$(cat <<'TEXT'
edtf 5.0.2
19 March 2026: 2026-03-19
10:00 on 19 March 2026: 2026-03-19
at 9 on 19 March 2026: 2009-03-19
window 5, 19 March 2026: 2005-03-19
No. 12 of 19 March 2026: 2012-03-19
ticket 17 of 19 March 2026: 2017-03-19
ticket 117 of 19 March 2026: 0117-03-19
within 15 days of 19 March 2026: 2015-03-19
2 to 5 March 2026: 2002-03-05
20-21 March 2026: 2020-03-21
19 March 2026, window 5: 2026-03-19
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "edtf-window: it behaves otherwise than it did" >&2; exit 1; }
echo ok
