#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: business-duration's unit 'day' counts working days: from Monday's opening to Friday's
# closing there are five.
#
# Seen: business-duration 0.68 divides the working time by 24 hours: with hours from 09:00 to 18:30
# that week has 1.98 'days', and one whole working day has 0.396. Seven weeks are 13.85. The unit
# 'hour' is right.
#
# Matters: 'at most 15 days for the service' is kept on paper for seven weeks.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    business-duration==0.68 pandas==2.3.3 numpy==2.4.6

seen=$("$work/venv/bin/python" - <<'PY'
import datetime
from importlib.metadata import version

import pandas
from business_duration import businessDuration

print(f"business-duration {version('business-duration')}, pandas {version('pandas')}")
start = pandas.Timestamp("2026-03-02 09:00")
opens, closes = datetime.time(9), datetime.time(18, 30)
for end in ("2026-03-02 18:30", "2026-03-06 18:30", "2026-04-17 18:30"):
    seen = [
        round(businessDuration(start, pandas.Timestamp(end), opens, closes, unit=unit), 3)
        for unit in ("hour", "day")
    ]
    print(f"09:00 to 18:30 from Monday, 2 March 2026, to {end}: {seen[0]} hours, {seen[1]} days")
PY
)
expected=$(cat <<'TEXT'
business-duration 0.68, pandas 2.3.3
09:00 to 18:30 from Monday, 2 March 2026, to 2026-03-02 18:30: 9.5 hours, 0.396 days
09:00 to 18:30 from Monday, 2 March 2026, to 2026-03-06 18:30: 47.5 hours, 1.979 days
09:00 to 18:30 from Monday, 2 March 2026, to 2026-04-17 18:30: 332.5 hours, 13.854 days
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "business-duration-day: it behaves otherwise than it did" >&2; exit 1; }
echo ok
