#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: Unidecode writes the Kazakh letter ә as a Latin letter, a or e, as it does the others.
#
# Seen: Unidecode 1.4.0 and text-unidecode 1.3 write @: Әсел is '@sel', Гүлнәр 'Guln@r'. That is
# ASCII, so that no look for letters left over tells. python-slugify 9.2.0, which is built on them,
# drops it: Әлия and Лия are both 'liia', Әсел and Сел 'sel', Іңкәр is 'ink-r'. anyascii 0.3.3
# writes a.
#
# Matters: two applicants have one file name or one address of a page, and a mail address made of
# the name has two @.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    Unidecode==1.4.0 text-unidecode==1.3 python-slugify==9.2.0 anyascii==0.3.3

seen=$("$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

from anyascii import anyascii
from slugify import slugify
from text_unidecode import unidecode as text_unidecode
from unidecode import unidecode

for name in ("Unidecode", "text-unidecode", "python-slugify", "anyascii"):
    print(f"{name} {version(name)}")
for text in ("Әлия", "Лия", "Әсел", "Сел", "Гүлнәр", "Іңкәр", "Қуаныш", "Өскемен"):
    print(f"{text}: {unidecode(text)}, {text_unidecode(text)}, {slugify(text)}, {anyascii(text)}")
PY
)
expected=$(cat <<'TEXT'
Unidecode 1.4.0
text-unidecode 1.3
python-slugify 9.2.0
anyascii 0.3.3
Әлия: @liia, @liia, liia, Aliya
Лия: Liia, Liia, liia, Liya
Әсел: @sel, @sel, sel, Asel
Сел: Sel, Sel, sel, Sel
Гүлнәр: Guln@r, Guln@r, guln-r, Gulnar
Іңкәр: In'k@r, In'k@r, ink-r, Ingkar
Қуаныш: K'uanysh, K'uanysh, kuanysh, Quanysh
Өскемен: Oskemen, Oskemen, oskemen, Oskemen
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "unidecode-schwa: it behaves otherwise than it did" >&2; exit 1; }
echo ok
