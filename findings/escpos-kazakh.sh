#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: python-escpos chooses the printer's code page that has the letters: Epson's printers have
# one for Kazakhstan, KZ-1048, and Python has its codec. A letter that no page has is an error.
#
# Seen: python-escpos 3.1 prints '?' for ә, ғ, қ, ң, ө, ү, ұ and һ, without an error. The profile
# of the TM-T88V lists the page (53, as RK1048), but its table has no Python codec for the name, so
# it is passed over, and choosing it by hand fails. і comes out, by page 34, and Russian letters by
# page 17.
#
# Matters: the ticket 'Ә017' of the kiosk says '?017', and so does that of queue Қ.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    python-escpos==3.1

seen=$("$work/venv/bin/python" - <<'PY'
import re
from importlib.metadata import version

from escpos.printer import Dummy

print(f"python-escpos {version('python-escpos')}")


def printed(text):
    printer = Dummy(profile="TM-T88V")
    printer.text(text)
    # ESC t n chooses a code page.
    return re.sub(rb"\x1bt(.)", lambda page: b"<%d>" % page[1][0], printer.output, flags=re.S)


pages = Dummy(profile="TM-T88V").profile.get_code_pages()
print(f"RK1048 is page {pages['RK1048']}")
print(f"Python's codec: {'Ә017'.encode('kz1048')}")
for text in ("Ә017", "Қ017", "А017", "І017"):
    print(f"{text}: {printed(text)}")
lost = [letter for letter in "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя" if b"?" in printed(letter)]
print(f"printed as ?: {' '.join(lost)}")
try:
    Dummy(profile="TM-T88V").charcode("RK1048")
except LookupError as error:
    print(f"by hand: {error}")
PY
)
expected=$(cat <<'TEXT'
python-escpos 3.1
RK1048 is page 53
Python's codec: b'\xa3017'
Ә017: b'<0>?017'
Қ017: b'<0>?017'
А017: b'<17>\x80017'
І017: b'<34>\x8b017'
printed as ?: ә ғ қ ң ө ұ ү һ
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "escpos-kazakh: it behaves otherwise than it did" >&2; exit 1; }
echo ok
