#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks a server for twice as many durable commands as it can do, and looks how long those wait that
it takes on.

First a closed load finds what it can do; then open loads offer a half of that, all of it, and twice as
much, whatever the server does. A command's time counts from when it was to begin.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import tempfile

from wire import ROOT, Server

BENCH = ["bench", "queue", "--kind", "hold", "--offices", "500", "--json"]
SHARES = (0.5, 1.0, 2.0)


def load(kezek, address, *more):
    run = subprocess.run([kezek, *BENCH, "--server", address, *more], check=True, capture_output=True,
                         text=True)
    return json.loads(run.stdout)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--kezek", default=str(ROOT / ".build/release/kezek"))
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--seconds", default="4")
    options = arguments.parse_args()
    found = {share: [] for share in SHARES}
    capacities = []
    for number in range(options.rounds):
        with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
            store = pathlib.Path(folder) / "kezek.sqlite"
            with Server(options.kezek, "--store", str(store), "--create") as server:
                # Registers the offices.
                load(options.kezek, server.address, "--connections", "1", "--seconds", "0.1")
                closed = load(options.kezek, server.address, "--connections", "64", "--pipeline", "16",
                              "--seconds", options.seconds)
                capacity = closed["perSecond"]
                capacities.append(capacity)
                for share in SHARES:
                    result = load(options.kezek, server.address, "--connections", "64", "--pipeline",
                                  "256", "--rate", str(int(capacity * share)), "--seconds",
                                  options.seconds)
                    result["share"] = share
                    found[share].append(result)
                    print(json.dumps(result), flush=True)
    seconds = float(options.seconds)
    print(f"\ncapacity (64 × 16, closed): median {statistics.median(capacities):,.0f}/s\n")
    print("| offered ÷ capacity | done/s | refused as overloaded/s | p50 ms | p99 ms | p99.9 ms |")
    print("|--:|--:|--:|--:|--:|--:|")
    for share in SHARES:
        runs = found[share]
        middle = lambda key: statistics.median(run[key] for run in runs)
        print(f"| {share} | {middle('perSecond'):,.0f} | {middle('overloaded') / seconds:,.0f} | "
              + " | ".join(f"{middle(key) / 1000:,.1f}" for key in
                           ("p50Microseconds", "p99Microseconds", "p999Microseconds")) + " |")


if __name__ == "__main__":
    main()
