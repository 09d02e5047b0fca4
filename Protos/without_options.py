#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Takes Kezek's own options out of a .proto file, from standard input to standard output."""
import re, sys

text = sys.stdin.read()
text = text.replace('import "kezek/options.proto";\n', "")
# Of a call, a message or a oneof: a statement of its own, with values or a text in pieces.
text = re.sub(r'\n *option \(kezek\.\w+\) =\s*(?:\{[^}]*\}|(?:\s*"[^"]*")+|\w+);', "", text)
# Of a field or a value: a list that has no others.
text = re.sub(r' \[\s*\(kezek\.(?:"(?:\\.|[^"\\])*"|[^"\]])*\];', ";", text)
sys.stdout.write(text)
