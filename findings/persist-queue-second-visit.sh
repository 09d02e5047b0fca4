#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: in persist-queue's UniqueAckQ, a queue in SQLite that holds each entry once, what has been served and
# acknowledged may come again, as in its UniqueQ.
#
# Seen: persist-queue 1.1.0 keeps what was acknowledged in the table of a UniqueAckQ, so the same entry is not
# taken again: put says nothing, and the queue is empty. So it is after the file is opened anew. After
# clear_acked_data(keep_latest=0) it is taken. UniqueQ and SQLiteAckQueue take it.
#
# Matters: who comes a second time, with a booking of the same number or for the second of two counters, waits for a
# call that never comes.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    persist-queue==1.1.0

seen=$("$work/venv/bin/python" - <<'PY'
import tempfile
from importlib.metadata import version

import persistqueue

print(f"persist-queue {version('persist-queue')}")
for kind in (persistqueue.UniqueQ, persistqueue.SQLiteAckQueue, persistqueue.UniqueAckQ):
    with tempfile.TemporaryDirectory() as folder:
        queue = kind(folder, auto_commit=True)
        found = []
        for _ in range(2):
            queue.put("booking 17")
            found.append(str(queue.size))
            if queue.size:
                served = queue.get()
                if hasattr(queue, "ack"):
                    queue.ack(served)
        line = f"{kind.__name__}: waiting after the first and the second visit {' and '.join(found)}"
        if kind is persistqueue.UniqueAckQ:
            queue.close()
            queue = kind(folder, auto_commit=True)
            queue.put("booking 17")
            line += f", opened anew {queue.size}"
            queue.clear_acked_data(keep_latest=0, max_delete=1000)
            queue.put("booking 17")
            line += f", acknowledged ones cleared {queue.size}"
        queue.close()
        print(line)
PY
)
expected=$(cat <<'TEXT'
persist-queue 1.1.0
UniqueQ: waiting after the first and the second visit 1 and 1
SQLiteAckQueue: waiting after the first and the second visit 1 and 1
UniqueAckQ: waiting after the first and the second visit 1 and 0, opened anew 0, acknowledged ones cleared 1
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "persist-queue-second-visit: it behaves otherwise than it did" >&2; exit 1; }
echo ok
