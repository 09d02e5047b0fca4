#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: eSpeak NG, in Russian, calls the letter of a ticket by its name: 'бэ 12', 'ка 12', as it
# does when the letter stands alone.
#
# Seen: eSpeak NG 1.52.0 says the bare sound where the letter could be a word or particle: В, Ж, К,
# С, and Б, whose sound then turns into p. The ticket 'Б 12' is heard as 'п 12'; a hyphen or no
# space changes nothing. П, Г, Д, З and the others keep their names. In Kazakh letters are said
# alike alone and before numbers, but Е and Э are one sound.
#
# Matters: a hall that hears 'п двенадцать' sends the owners of Б 12 and П 12 to one window.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    espeakng-loader==0.2.4

seen=$("$work/venv/bin/python" - <<'PY'
import ctypes

import espeakng_loader

library = ctypes.CDLL(espeakng_loader.get_library_path())
library.espeak_Initialize(2, 0, espeakng_loader.get_data_path().encode(), 0)
library.espeak_Info.restype = ctypes.c_char_p
library.espeak_TextToPhonemes.restype = ctypes.c_char_p
library.espeak_TextToPhonemes.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]


def say(voice, text):
    library.espeak_SetVoiceByName(voice.encode())
    buffer = ctypes.create_string_buffer(text.encode())
    rest, parts = ctypes.c_void_p(ctypes.addressof(buffer)), []
    while rest.value:  # UTF-8 in, the alphabet of phonetics out
        parts.append(library.espeak_TextToPhonemes(ctypes.byref(rest), 1, 2).decode())
    return " ".join(parts)


print(f"eSpeak NG {library.espeak_Info(None).decode()}")
for letter in "БПВКСЖГДЗ":
    texts = (letter, f"{letter} 12", f"{letter}-12", f"{letter}12")
    print(f"ru {letter}: {', '.join(say('ru', text) for text in texts)}")
for letter in "БПЕЭ":
    print(f"kk {letter}: {say('kk', letter)}, {say('kk', f'{letter} 12')}")
PY
)
expected=$(cat <<'TEXT'
eSpeak NG 1.52.0
ru Б: bˈɛ, p dvʲɪnˈɑttsʌtʲ, p dvʲɪnˈɑttsʌtʲ, p dvʲɪnˈɑttsʌtʲ
ru П: pˈɛ, pˈɛ dvʲɪnˈɑttsʌtʲ, pˈɛ dvʲɪnˈɑttsʌtʲ, pˈɛ dvʲɪnˈɑttsʌtʲ
ru В: vˈɛ, v dvʲɪnˈɑttsʌtʲ, v dvʲɪnˈɑttsʌtʲ, v dvʲɪnˈɑttsʌtʲ
ru К: kˈɑ, k dvʲɪnˈɑttsʌtʲ, k dvʲɪnˈɑttsʌtʲ, k dvʲɪnˈɑttsʌtʲ
ru С: ˈɛs, s dvʲɪnˈɑttsʌtʲ, s dvʲɪnˈɑttsʌtʲ, s dvʲɪnˈɑttsʌtʲ
ru Ж: ʒˈɛ, ʒ dvʲɪnˈɑttsʌtʲ, ʒ dvʲɪnˈɑttsʌtʲ, ʒ dvʲɪnˈɑttsʌtʲ
ru Г: ɡˈɛ, ɡˈɛ dvʲɪnˈɑttsʌtʲ, ɡˈɛ dvʲɪnˈɑttsʌtʲ, ɡˈɛ dvʲɪnˈɑttsʌtʲ
ru Д: dˈɛ, dˈɛ dvʲɪnˈɑttsʌtʲ, dˈɛ dvʲɪnˈɑttsʌtʲ, dˈɛ dvʲɪnˈɑttsʌtʲ
ru З: zˈɛ, zˈɛ dvʲɪnˈɑttsʌtʲ, zˈɛ dvʲɪnˈɑttsʌtʲ, zˈɛ dvʲɪnˈɑttsʌtʲ
kk Б: bə, bə ˈonjˈekɪ
kk П: pə, pə ˈonjˈekɪ
kk Е: ˈe, ˈe ˈonjˈekɪ
kk Э: ˈe, ˈe ˈonjˈekɪ
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "espeak-ticket-letters: it behaves otherwise than it did" >&2; exit 1; }
echo ok
