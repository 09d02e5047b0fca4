#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: the bars of python-barcode's Code 128 hold the text that stands below them.
#
# Seen: python-barcode 0.16.1 leaves out 99 at the beginning of a number of digits. The value 99 is
# both the pair of digits and the change to pairs of digits, and the latter is folded into the start
# character where it comes first. The text below is whole and the check digit is right, so a scanner
# reads the rest without an error. 99 further on and pyStrich 0.20 are right.
#
# Matters: an individual number (IIN) begins with the year of birth. For all who were born in 1999
# the scanner at the window reads ten digits of twelve.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    python-barcode==0.16.1 pystrich==0.20 zxing-cpp==3.1.1 pillow==13.0.0

seen=$("$work/venv/bin/python" - <<'PY'
import io
from importlib.metadata import version

import zxingcpp
from barcode import Code128
from barcode.writer import ImageWriter
from PIL import Image
from pystrich.code128 import Code128Encoder


def read(image):
    return [code.text for code in zxingcpp.read_barcodes(image.convert("L"))]


for name in ("python-barcode", "pystrich", "zxing-cpp"):
    print(f"{name} {version(name)}")
look = {"module_width": 0.4, "quiet_zone": 6.5, "write_text": False}
for text in ("980319300123", "990319300123", "000319500999", "99001", "A99001", "2026-99"):
    code = Code128(text, writer=ImageWriter())
    image = Image.open(io.BytesIO(Code128Encoder(text).get_imagedata()))
    print(f"{text}: below the bars {code.get_fullcode()}, read {read(code.render(look))}, "
          f"of pyStrich {read(image)}")
PY
)
expected=$(cat <<'TEXT'
python-barcode 0.16.1
pystrich 0.20
zxing-cpp 3.1.1
980319300123: below the bars 980319300123, read ['980319300123'], of pyStrich ['980319300123']
990319300123: below the bars 990319300123, read ['0319300123'], of pyStrich ['990319300123']
000319500999: below the bars 000319500999, read ['000319500999'], of pyStrich ['000319500999']
99001: below the bars 99001, read ['001'], of pyStrich ['99001']
A99001: below the bars A99001, read ['A99001'], of pyStrich ['A99001']
2026-99: below the bars 2026-99, read ['2026-99'], of pyStrich ['2026-99']
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "python-barcode-99: it behaves otherwise than it did" >&2; exit 1; }
echo ok
