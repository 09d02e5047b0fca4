#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: eSpeak NG's Kazakh voice reads the signs about numbers, as its Russian voice does, or
# spells them.
#
# Seen: eSpeak NG 1.52.0 says nothing for the decimal comma and for the number sign: '3,5' is heard
# as '3 5', and '№ 5' as '5'. A point between digits is said as the word 'және', and: '3.5' is
# 'three and five'. Per cent, plus and stroke are said in English. Russian has words for all of
# them.
#
# Matters: '1,5 hours' of waiting is announced as 'one five hours'.
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
for text in ("3 5", "3,5", "3.5", "5", "№ 5", "5 %", "3/5", "3 + 5", "және"):
    print(f"{text}: kk {say('kk', text)}, ru {say('ru', text)}")
PY
)
expected=$(cat <<'TEXT'
eSpeak NG 1.52.0
3 5: kk ˈuʃ bˈes, ru trʲˈi pʲˈɑtʲ
3,5: kk ˈuʃ bˈes, ru trʲˈi ˈi pʲˈɑtʲdʲɪsʲˈɑtøx
3.5: kk uʃ ʒænˈe bˈes, ru trʲˈi tˈotʃʲka pʲˈɑtʲ
5: kk bˈes, ru pʲˈɑtʲ
№ 5: kk bˈes, ru nˈomʲir pʲˈɑtʲ
5 %: kk bˈes (en)pəsˈɛnt(kk), ru pʲˈɑtʲ pratsˈɛnt
3/5: kk ˈuʃ (en)slˈaʃ(kk) bˈes, ru trʲˈi sɭˈɛʃ pʲˈɑtʲ
3 + 5: kk ˈuʃ (en)plˈʌs(kk) bˈes, ru trʲˈi pɭˈjus pʲˈɑtʲ
және: kk ʒænˈe, ru ʃ ɭˈetətʃʲɪtˈyrʲɪdˈiːdʲˈevɪtʲ ˈɛn jˈe
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "espeak-kazakh-signs: it behaves otherwise than it did" >&2; exit 1; }
echo ok
