#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What it takes to answer a caller with direct offers, in instructions: they are the same on a busy machine.

usage: instructions.py KEZEK FOLDER [--against KEZEK]

FOLDER has weeks with their plans and callers (see offers.py). `kezek bench visits` runs under valgrind's
callgrind, once with few rounds of questions and once with more; told is the difference for one caller: the ways
from the place to all others, and all windows. --against measures another program, too.
"""
import argparse, json, pathlib, re, subprocess

ROUNDS = (2, 12)


def count(kezek, week, rounds):
    """How many instructions a run takes."""
    run = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", kezek, "bench", "visits", str(week),
         str(week.with_suffix(".plan.json")), "--requests", str(week.with_suffix(".requests.json")),
         "--rounds", str(rounds), "--speed-kmh", "25", "--detour", "1.35", "--extra-minutes", "2"],
        check=True, text=True, capture_output=True)
    return int(re.search(r"Collected : (\d+)", run.stderr)[1])


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("kezek")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--against", metavar="KEZEK")
    asked = parser.parse_args()
    plans = sorted(asked.folder.glob("*.plan.json"))
    for week in [plan.with_name(plan.name.replace(".plan", "")) for plan in plans]:
        callers = len(json.loads(week.with_suffix(".requests.json").read_text())["requests"])
        each = []
        for kezek in filter(None, [asked.against, asked.kezek]):
            (few, more) = (count(kezek, week, rounds) for rounds in ROUNDS)
            each.append((more - few) / (ROUNDS[1] - ROUNDS[0]) / callers)
        ratio = f", {each[1] / each[0]:.3f} of before" if len(each) == 2 else ""
        told = " → ".join(f"{number / 1e3:.1f}" for number in each)
        print(f"{week.stem:10} {told} thousand instructions for a caller{ratio}", flush=True)


if __name__ == "__main__":
    main()
