#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: pytrovich, which tells the gender by a name for Russian letters, says ANDROGYNOUS of names
# that it does not know; a Kazakh patronymic, daughter or son of, tells it in any spelling.
#
# Seen: pytrovich 0.2.0 tells it in Russian spelling only. Айгуль and Назгуль are female, Айгүл and
# Назгүл, the same names, male; so are Жанар, Жібек and Шолпан. 'кызы' is female and 'улы' male, but
# 'қызы' and 'ұлы' are neither, and with them before it a first name is neither, too: of Әлия it knows
# that she is female, of Әлия Серікқызы it does not. The declension by that gender then makes
# 'Жанару' of Жанар.
#
# Matters: a notice begins with 'Уважаемый Айгүл', and with a man's endings, for whoever wrote her
# name in Kazakh letters.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    pytrovich==0.2.0

seen=$("$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

from pytrovich.detector import PetrovichGenderDetector
from pytrovich.enums import Case, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

print(f"pytrovich {version('pytrovich')}")
detect = PetrovichGenderDetector().detect
make = PetrovichDeclinationMaker().make
for russian, kazakh in (
    ("Айгуль", "Айгүл"), ("Назгуль", "Назгүл"), ("Бибигуль", "Бибігүл"), ("Айнур", "Айнұр"), ("Асель", "Әсел"),
    ("Жибек", "Жібек"), ("Алия", "Әлия"),
):
    print(f"{russian} {detect(firstname=russian).name}, {kazakh} {detect(firstname=kazakh).name}")
for russian, kazakh in (("Серик", "Серік"), ("Ахмет", "Ахмет"), ("Нурлан", "Нұрлан")):
    for one, other in (("кызы", "қызы"), ("улы", "ұлы")):
        print(f"{russian + one} {detect(middlename=russian + one).name}, "
              f"{kazakh + other} {detect(middlename=kazakh + other).name}")
for first, middle in (("Әлия", "Серікқызы"), ("Айгүл", "Серікқызы"), ("Алия", "Сериккызы")):
    print(f"{first} {middle} {detect(firstname=first, middlename=middle).name}")
for first in ("Жанар", "Шолпан", "Айгүл"):
    gender = detect(firstname=first)
    print(f"{first} {gender.name}, to her: {make(NamePart.FIRSTNAME, gender, Case.DATIVE, first)}")
PY
)
expected=$(cat <<'TEXT'
pytrovich 0.2.0
Айгуль FEMALE, Айгүл MALE
Назгуль FEMALE, Назгүл MALE
Бибигуль FEMALE, Бибігүл MALE
Айнур FEMALE, Айнұр ANDROGYNOUS
Асель FEMALE, Әсел MALE
Жибек MALE, Жібек MALE
Алия FEMALE, Әлия FEMALE
Сериккызы FEMALE, Серікқызы ANDROGYNOUS
Серикулы MALE, Серікұлы ANDROGYNOUS
Ахметкызы FEMALE, Ахметқызы ANDROGYNOUS
Ахметулы MALE, Ахметұлы ANDROGYNOUS
Нурланкызы FEMALE, Нұрланқызы ANDROGYNOUS
Нурланулы MALE, Нұрланұлы ANDROGYNOUS
Әлия Серікқызы ANDROGYNOUS
Айгүл Серікқызы ANDROGYNOUS
Алия Сериккызы FEMALE
Жанар MALE, to her: Жанару
Шолпан MALE, to her: Шолпану
Айгүл MALE, to her: Айгүлу
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "pytrovich-daughters: it behaves otherwise than it did" >&2; exit 1; }
echo ok
