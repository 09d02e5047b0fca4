#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: a scanner that is asked for Code 39 reads the text that was written in Code 39; the
# extended variant, in which pairs of characters stand for others, has to be asked for.
#
# Seen: zxing-cpp 3.1.1 takes each text that could be extended for extended, also where only Code39
# is asked for: number 12/A is read as 12!, 7/B as 7", A+B as Ab. 12/7 and KZ/26 are read as they
# are, so that it does not strike in a trial with digits. Zint 2.11.1 and python-barcode 0.16.1
# write plain Code 39. Only Code39Std reads it.
#
# Matters: papers numbered 12/A, a house's or an annex's number, are not found when scanned.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    python-barcode==0.16.1 zxing-cpp==3.1.1 pillow==13.0.0

cd "$work"
for package in zint=2.11.1-1 libzint2.11=2.11.1-1 libpng16-16; do
    apt-get download -q "$package" >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
done
for file in *.deb; do dpkg -x "$file" .; done

cat >look.py <<'PY'
import glob
import os
import subprocess
from importlib.metadata import version

import zxingcpp
from barcode import Code39
from barcode.writer import ImageWriter
from PIL import Image

zint = ["usr/bin/zint"]
env = dict(os.environ, LD_LIBRARY_PATH=":".join(["usr/lib", *glob.glob("usr/lib/*-linux-gnu")]))
print(subprocess.run(zint + ["--version"], env=env, capture_output=True, text=True).stdout.strip())
for name in ("python-barcode", "zxing-cpp"):
    print(f"{name} {version(name)}")
look = {"module_width": 0.4, "quiet_zone": 6.5, "write_text": False}
for text in ("12/7", "KZ/26", "12/A", "7/B", "A+B", "12-A"):
    subprocess.run(
        zint + ["-b", "CODE39", "-w", "10", "--scale=2", "--notext", "-o", "code.png", "-d", text],
        env=env, check=True,
    )
    images = [Image.open("code.png"), Code39(text, ImageWriter(), add_checksum=False).render(look)]
    read = []
    for image in images:
        for asked in ("Code39", "Code39Std"):
            formats = getattr(zxingcpp.BarcodeFormat, asked)
            codes = zxingcpp.read_barcodes(image.convert("L"), formats=formats)
            read.append(f"{asked} {' '.join(code.text for code in codes)}")
    print(f"{text} of Zint: {', '.join(read[:2])}; of python-barcode: {', '.join(read[2:])}")
PY
seen=$("$work/venv/bin/python" look.py)
expected=$(cat <<'TEXT'
Zint version 2.11.1
python-barcode 0.16.1
zxing-cpp 3.1.1
12/7 of Zint: Code39 12/7, Code39Std 12/7; of python-barcode: Code39 12/7, Code39Std 12/7
KZ/26 of Zint: Code39 KZ/26, Code39Std KZ/26; of python-barcode: Code39 KZ/26, Code39Std KZ/26
12/A of Zint: Code39 12!, Code39Std 12/A; of python-barcode: Code39 12!, Code39Std 12/A
7/B of Zint: Code39 7", Code39Std 7/B; of python-barcode: Code39 7", Code39Std 7/B
A+B of Zint: Code39 Ab, Code39Std A+B; of python-barcode: Code39 Ab, Code39Std A+B
12-A of Zint: Code39 12-A, Code39Std 12-A; of python-barcode: Code39 12-A, Code39Std 12-A
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "code39-slash: it behaves otherwise than it did" >&2; exit 1; }
echo ok
