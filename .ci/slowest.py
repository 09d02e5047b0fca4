#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tells the slowest tests of a run, and how many passed and failed.

    slowest.py LOG [COUNT]

LOG is what `swift test` has written. Tests run at the same time, so each time is also what a test waited
for others. The last line is "N passed, N failed"; the status is 1 if any failed or none ran.
"""
import re, sys

# "✔ Test name() passed after 0.012 seconds.", "✘ Test name(_:) with 3 test cases failed after …"
LINE = re.compile(
    r"^. Test (?!run with )(?:case )?(.+?)(?: with \d+ test cases?)? (passed|failed) after "
    r"([0-9.]+) seconds")


def main(log, count="20"):
    tests = []
    with open(log, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            found = LINE.match(line)
            if found and " passing " not in found[1]:
                tests.append((float(found[3]), found[1], found[2]))
    failed = sum(result == "failed" for _, _, result in tests)
    print(f"the {count} slowest tests, in seconds:")
    for seconds, name, _ in sorted(tests, reverse=True)[:int(count)]:
        print(f"{seconds:8.1f}  {name}")
    print(f"{len(tests) - failed} passed, {failed} failed")
    return 1 if failed or not tests else 0


sys.exit(main(*sys.argv[1:]))
