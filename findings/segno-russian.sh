#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: segno writes a text with Cyrillic letters into a QR code as UTF-8, Russian like Kazakh.
#
# Seen: segno 1.6.6 tries ISO 8859-1 and then Shift_JIS before UTF-8, and Japan's table has
# Russia's letters. A Russian word goes out in Kanji mode, with digits as bytes in Shift_JIS,
# without an ECI that says so; with one Kazakh letter in it the same text is UTF-8. zxing-cpp 3.1.1
# guesses right, but reads a degree sign as Katakana.
#
# Matters: a scanner at the window that hands over bytes as UTF-8 reads Қ 017 and fails with А 017.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    segno==1.6.6 zxing-cpp==3.1.1 pillow==13.0.0

seen=$("$work/venv/bin/python" - <<'PY'
import io
from importlib.metadata import version

import segno
import zxingcpp
from PIL import Image

print(f"segno {version('segno')}, zxing-cpp {version('zxing-cpp')}")


def read(code):
    picture = io.BytesIO()
    code.save(picture, kind="png", scale=4)
    return zxingcpp.read_barcodes(Image.open(picture))[0]


for text in ("Талон", "А 017", "Қ 017", "Талон А 017", "Талон Қ 017", "18 °C"):
    for encoding in (None, "utf-8"):
        code = segno.make_qr(text, encoding=encoding)
        seen = read(code)
        kind = next(
            name for name in ("iso-8859-1", "shift_jis", "utf-8")
            if text.encode(name, "replace") == seen.bytes
        )
        print(f"{text}, asked for {encoding}: {code.mode}, {kind}, read {seen.text}")
PY
)
expected=$(cat <<'TEXT'
segno 1.6.6, zxing-cpp 3.1.1
Талон, asked for None: kanji, shift_jis, read Талон
Талон, asked for utf-8: byte, utf-8, read Талон
А 017, asked for None: byte, shift_jis, read А 017
А 017, asked for utf-8: byte, utf-8, read А 017
Қ 017, asked for None: byte, utf-8, read Қ 017
Қ 017, asked for utf-8: byte, utf-8, read Қ 017
Талон А 017, asked for None: byte, shift_jis, read Талон А 017
Талон А 017, asked for utf-8: byte, utf-8, read Талон А 017
Талон Қ 017, asked for None: byte, utf-8, read Талон Қ 017
Талон Қ 017, asked for utf-8: byte, utf-8, read Талон Қ 017
18 °C, asked for None: byte, iso-8859-1, read 18 ｰC
18 °C, asked for utf-8: byte, utf-8, read 18 °C
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "segno-russian: it behaves otherwise than it did" >&2; exit 1; }
echo ok
