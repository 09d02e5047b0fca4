#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: 500 tenge in words are five hundred tenge, whether the number is an int or another kind of number.
#
# Seen: num2words 0.5.14 takes an int for the hundredth part, tiyn: num2words(500, to='currency',
# currency='KZT') is 'бес теңге', five tenge, in Kazakh as in Russian. 500.0, '500' and Decimal('500') are
# five hundred, and so is 500 as a plain number. Where the fee is in hundreds, 'бес теңге, нөл тиын' looks
# like any other sum.
#
# Matters: fees are whole numbers of tenge; the receipt's line in words, which is the one that counts, names
# a hundredth of the line in figures.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    num2words==0.5.14

seen=$("$work/venv/bin/python" - 2>&1 <<'PY'
from decimal import Decimal
from importlib.metadata import version

from num2words import num2words

print(f"num2words {version('num2words')}")
for amount in (500, 500.0, "500", Decimal("500"), 3692, Decimal("3692"), 1000000, 4325 * 2, 1):
    words = [num2words(amount, lang=language, to="currency", currency="KZT") for language in ("kz", "ru")]
    print(f"{amount!r}: {'; '.join(words)}")
print(f"as a number: {num2words(500, lang='kz')}; {num2words(500, lang='ru')}")
PY
)
expected=$(cat <<'TEXT'
num2words 0.5.14
500: бес теңге, нөл тиын; пять тенге, ноль тиынов
500.0: бес жүз теңге, нөл тиын; пятьсот тенге, ноль тиынов
'500': бес жүз теңге, нөл тиын; пятьсот тенге, ноль тиынов
Decimal('500'): бес жүз теңге, нөл тиын; пятьсот тенге, ноль тиынов
3692: отыз алты теңге, тоқсан екі тиын; тридцать шесть тенге, девяносто два тиына
Decimal('3692'): үш мың алты жүз тоқсан екі теңге, нөл тиын; три тысячи шестьсот девяносто два тенге, ноль тиынов
1000000: он мың теңге, нөл тиын; десять тысяч тенге, ноль тиынов
8650: сексен алты теңге, елу тиын; восемьдесят шесть тенге, пятьдесят тиынов
1: нөл теңге, бір тиын; ноль тенге, один тиын
as a number: бес жүз; пятьсот
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "num2words-tiyn: it behaves otherwise than it did" >&2; exit 1; }
echo ok
