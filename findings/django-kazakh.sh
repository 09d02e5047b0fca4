#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: Django in Kazakh has the country's dates, as it has Russia's and Kyrgyzstan's: 19.03.2026,
# 16:05, weeks from Monday.
#
# Seen: Django 5.2.19 has Kazakh words, but no Kazakh formats, and falls back on American ones
# without a warning. A form refuses 19.03.2026 and takes 03.04.2026 as little; 03/04/2026 is 4 March.
# 16:05 is shown as '4:05 Т.Қ.', and its weeks begin on Sunday. The same office in Russian, Kyrgyz or
# Uzbek has none of that.
#
# Matters: the applicant who switches the page to Kazakh can no longer type in the date that the
# Russian page has just shown; with slashes it is another day.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    django==5.2.19

seen=$("$work/venv/bin/python" - <<'PY'
import datetime

import django
from django.conf import settings

settings.configure(USE_TZ=False)
django.setup()

from django import forms
from django.utils import formats, translation

print(f"django {django.__version__}")
moment = datetime.datetime(2026, 3, 19, 16, 5)
for language in ("kk", "ru", "ky", "uz"):
    with translation.override(language):
        read = []
        for text in ("19.03.2026", "03.04.2026", "03/04/2026"):
            try:
                read.append(f"{text} is {forms.DateField().clean(text)}")
            except forms.ValidationError:
                read.append(f"{text} is refused")
        print(f"{language}, reads: {', '.join(read)}")
        print(f"{language}, writes: {formats.date_format(moment, 'SHORT_DATE_FORMAT')}, "
              f"{formats.date_format(moment)}, {formats.time_format(moment)}, {formats.localize(3.5)}, "
              f"first day {formats.get_format('FIRST_DAY_OF_WEEK')}")
PY
)
expected=$(cat <<'TEXT'
django 5.2.19
kk, reads: 19.03.2026 is refused, 03.04.2026 is refused, 03/04/2026 is 2026-03-04
kk, writes: 03/19/2026, Наурыз 19, 2026, 4:05 Т.Қ., 3.5, first day 0
ru, reads: 19.03.2026 is 2026-03-19, 03.04.2026 is 2026-04-03, 03/04/2026 is refused
ru, writes: 19.03.2026, 19 марта 2026 г., 16:05, 3,5, first day 1
ky, reads: 19.03.2026 is 2026-03-19, 03.04.2026 is 2026-04-03, 03/04/2026 is refused
ky, writes: 19.03.2026, 19 Март 2026 ж., 16:05, 3.5, first day 1
uz, reads: 19.03.2026 is 2026-03-19, 03.04.2026 is 2026-04-03, 03/04/2026 is refused
uz, writes: 19.03.2026, 19-Mart, 2026-yil, 16:05, 3,5, first day 1
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "django-kazakh: it behaves otherwise than it did" >&2; exit 1; }
echo ok
