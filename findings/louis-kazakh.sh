#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: liblouis with its Kazakh table turns Kazakh text into Braille, all of its letters alike.
#
# Seen: liblouis 3.24 returns Russia's letters as dots and leaves ә, ғ, қ, ң, ө, ұ, ү, һ and і as
# letters in the middle of the word, without an error: the table has dots for them, but no
# characters to show these with. Naming unicode.dis first changes nothing; only the mode ucBrl with
# dotsIO gives dots for all. The Russian table spells them as hexadecimal numbers of eight cells
# and more.
#
# Matters: a Braille printer or display is sent the letter ә of the ticket Ә 017, for which it has
# no dots.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
for package in python3-louis=3.24.0-1 liblouis20=3.24.0-1 liblouis-data=3.24.0-1; do
    apt-get download -q "$package" >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
done
for file in *.deb; do dpkg -x "$file" .; done

cat >look.py <<'PY'
import louis

print(f"liblouis {louis.version()}")
dots = louis.dotsIO | louis.ucBrl
for text in ("Ә 017", "Қ 017", "А 017", "кәсіп", "Үй"):
    print(f"{text}: {louis.translateString(['kk.utb'], text)}, "
          f"with unicode.dis {louis.translateString(['unicode.dis', 'kk.utb'], text)}, "
          f"by ucBrl {louis.translateString(['kk.utb'], text, mode=dots)}, "
          f"Russian {louis.translateString(['ru-litbrl.ctb'], text)}")
letters = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
print("left as letters:", *(letter for letter in letters if letter in louis.translateString(["kk.utb"], letter)))
PY
seen=$(LD_LIBRARY_PATH="$(dirname usr/lib/*/liblouis.so.20)" LOUIS_TABLEPATH=usr/share/liblouis/tables \
    PYTHONPATH=usr/lib/python3/dist-packages /usr/bin/python3 look.py)
expected=$(cat <<'TEXT'
liblouis 3.24.0
Ә 017: ә⠀⠼⠚⠁⠛, with unicode.dis ә⠀⠼⠚⠁⠛, by ucBrl ⠜⠀⠼⠚⠁⠛, Russian ⠄⡳⠭⠴⠲⠙⠦⠄⠀⠼⠚⠁⠛
Қ 017: қ⠀⠼⠚⠁⠛, with unicode.dis қ⠀⠼⠚⠁⠛, by ucBrl ⠹⠀⠼⠚⠁⠛, Russian ⠄⡳⠭⠴⠲⠔⠁⠄⠀⠼⠚⠁⠛
А 017: ⠁⠀⠼⠚⠁⠛, with unicode.dis ⠁⠀⠼⠚⠁⠛, by ucBrl ⠁⠀⠼⠚⠁⠛, Russian ⠁⠀⠼⠚⠁⠛
кәсіп: ⠅ә⠎і⠏, with unicode.dis ⠅ә⠎і⠏, by ucBrl ⠅⠜⠎⠽⠏, Russian ⠅⠄⡳⠭⠴⠲⠙⠔⠄⠎⠊⠌⠏
Үй: ү⠯, with unicode.dis ү⠯, by ucBrl ⠌⠯, Russian ⠄⡳⠭⠴⠲⠁⠑⠄⠯
left as letters: ә ғ қ ң ө ұ ү һ і
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "louis-kazakh: it behaves otherwise than it did" >&2; exit 1; }
echo ok
