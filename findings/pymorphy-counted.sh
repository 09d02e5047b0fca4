#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: pymorphy3's make_agree_with_number gives the form of a word after a number: 5 лет, 5 человек,
# 5 тенге, as it gives 5 минут and 5 талонов.
#
# Seen: pymorphy3 2.0.6 takes the genitive plural of the dictionary, also for the two words that have
# another form after numbers: '5 годов' and '5 людей'. тенге, the currency, which does not change, is
# not in its dictionary; it is guessed to be the locative of a word тенг, so that 2, 5 and 11 of them
# are 'тенгах', and its base form is тенг. тиын is guessed to be a surname, '5 тиыных'. евро, which
# does not change either, is known and right.
#
# Matters: the board says '5 людей' before you, the permit is for '5 годов', the fee is '500 тенгах'.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    pymorphy3==2.0.6 pymorphy3-dicts-ru==2.4.417150.4580142

seen=$("$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

import pymorphy3

print(f"pymorphy3 {version('pymorphy3')}, dictionary {version('pymorphy3-dicts-ru')}")
words = pymorphy3.MorphAnalyzer()
for word in ("минута", "талон", "год", "человек", "тенге", "тиын", "евро"):
    first = words.parse(word)[0]
    counted = [f"{n} {first.make_agree_with_number(n).word}" for n in (1, 2, 5, 11)]
    known = "known" if words.word_is_known(word) else "guessed"
    print(f"{word}, {known}, of {first.normal_form}: {', '.join(counted)}")
readings = {str(one.tag) for one in words.parse("тенге")}
print(f"readings of тенге: {', '.join(sorted(readings))}")
PY
)
expected=$(cat <<'TEXT'
pymorphy3 2.0.6, dictionary 2.4.417150.4580142
минута, known, of минута: 1 минута, 2 минуты, 5 минут, 11 минут
талон, known, of талон: 1 талон, 2 талона, 5 талонов, 11 талонов
год, known, of год: 1 год, 2 года, 5 годов, 11 годов
человек, known, of человек: 1 человек, 2 человека, 5 людей, 11 людей
тенге, guessed, of тенг: 1 тенге, 2 тенгах, 5 тенгах, 11 тенгах
тиын, guessed, of тиын: 1 тиын, 2 тиына, 5 тиыных, 11 тиыных
евро, known, of евро: 1 евро, 2 евро, 5 евро, 11 евро
readings of тенге: NOUN,anim,masc sing,loct, NOUN,inan,masc sing,loct
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "pymorphy-counted: it behaves otherwise than it did" >&2; exit 1; }
echo ok
