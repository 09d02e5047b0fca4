#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares a server under load with redis-server, on one machine over loopback.

Each is driven by its own load generator, `kezek bench wire` and `redis-benchmark`, which keeps the
same number of requests in flight. The programs take turns, so that what slows the machine for a
while slows them all.
"""
import argparse
import collections
import contextlib
import csv
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHAPES = [(connections, pipeline) for connections in (1, 16, 64) for pipeline in (1, 16)]
BULK_PIPELINES = (1, 4)
BULK_ROWS = 10_000
STARTS = 9
FIRST_PINGS = 20_000


class Server:
    """A kezek server on a free port; `seconds` is what it took to listen."""

    def __init__(self, kezek, *more):
        started = time.perf_counter()
        self.process = subprocess.Popen(
            [kezek, "serve", "--listen", "127.0.0.1:0", *more], cwd=ROOT, text=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            self.address = self.listening()
        except BaseException:
            end(self.process)
            raise
        self.seconds = time.perf_counter() - started
        # The rest of the log is read and let go, or the server would wait for a reader.
        threading.Thread(
            target=collections.deque, args=(self.process.stderr, 0), daemon=True).start()

    def listening(self):
        """The address, as soon as the log tells it."""
        log = []
        for line in self.process.stderr:
            log.append(line)
            if found := re.search(r"address=(\S+).* listening", line):
                return found.group(1)
        sys.exit("kezek serve did not listen:\n" + "".join(log))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        end(self.process)

    def memory(self):
        """Resident MiB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) / 1024

    def bench(self, kezek, subject, connections, pipeline, seconds):
        return json.loads(output(
            kezek, "bench", "wire", "--server", self.address, "--subject", subject,
            "--connections", str(connections), "--pipeline", str(pipeline),
            "--seconds", str(seconds), "--rows", str(BULK_ROWS), "--json"))


class Redis:
    """A redis-server on a free port, which keeps nothing."""

    def __init__(self, folder):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--dir", folder,
             "--save", "", "--appendonly", "no"], stdout=subprocess.DEVNULL)

    def __enter__(self):
        try:
            for _ in range(100):
                with contextlib.suppress(OSError):
                    socket.create_connection(("127.0.0.1", self.port), 1).close()
                    return self
                time.sleep(0.05)
            sys.exit("redis-server did not listen")
        except BaseException:
            end(self.process)
            raise

    def __exit__(self, *_):
        end(self.process)

    def pings(self, connections, pipeline, count):
        """PINGs a second."""
        told = output(
            "redis-benchmark", "-p", str(self.port), "-t", "ping_mbulk", "-c", str(connections),
            "-P", str(pipeline), "-n", str(count), "--csv")
        for row in csv.reader(told.splitlines()):
            if row and row[0] == "PING_MBULK":
                return float(row[1])
        sys.exit(f"redis-benchmark told no PING_MBULK:\n{told}")


def end(process):
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def output(*command):
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    if run.returncode:
        name = pathlib.Path(command[0]).name
        sys.exit(f"{name} {' '.join(command[1:])}: status {run.returncode}")
    return run.stdout


def median(runs, key="requestsPerSecond"):
    return statistics.median(run[key] for run in runs)


def ratio(runs, others):
    """The median of the rounds' ratios."""
    return statistics.median(
        a["requestsPerSecond"] / b["requestsPerSecond"] for a, b in zip(runs, others))


def compare(kezek, server, redis, options):
    """The runs of each shape and program, all shapes once in each round."""
    counts = {shape: int(redis.pings(*shape, FIRST_PINGS) * options.seconds) for shape in SHAPES}
    runs = collections.defaultdict(list)
    for number in range(options.rounds):
        for shape in SHAPES:
            note(f"round {number + 1} of {options.rounds}, {shape[0]} x {shape[1]}")
            for subject in ("due", "proof"):
                runs[shape, subject].append(
                    server.bench(kezek, subject, *shape, options.seconds))
            pings = redis.pings(*shape, counts[shape])
            runs[shape, "ping"].append({"requestsPerSecond": pings})
    return runs


def print_comparison(runs):
    print("| connections x pipeline | due req/s | p50 µs | p99 µs | p99.9 µs | proof req/s "
          "| redis PING req/s | due / redis | proof / redis |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for shape in SHAPES:
        due, proof, ping = (runs[shape, subject] for subject in ("due", "proof", "ping"))
        latencies = (median(due, f"{name}Microseconds") for name in ("p50", "p99", "p999"))
        cells = [
            f"{shape[0]} x {shape[1]}", f"{median(due):,.0f}",
            *(f"{microseconds:,.1f}" for microseconds in latencies),
            f"{median(proof):,.0f}", f"{median(ping):,.0f}",
            f"{ratio(due, ping):.2f}", f"{ratio(proof, ping):.2f}"]
        print("|", " | ".join(cells), "|")


def print_bulk(kezek, server, options):
    print(f"\n| bulk, {BULK_ROWS:,} dates a request | dates/s | p50 µs | p99 µs |")
    print("|---|--:|--:|--:|")
    runs = collections.defaultdict(list)
    for _ in range(options.rounds):
        for pipeline in BULK_PIPELINES:
            runs[pipeline].append(server.bench(kezek, "bulk", 1, pipeline, options.seconds))
    for pipeline, results in runs.items():
        print(f"| 1 x {pipeline} | {median(results, 'datesPerSecond'):,.0f} "
              f"| {median(results, 'p50Microseconds'):,.1f} "
              f"| {median(results, 'p99Microseconds'):,.1f} |")


def start_up(kezek):
    """Milliseconds from the start of the process to its line 'listening'."""
    times = []
    for _ in range(STARTS):
        with Server(kezek) as server:
            times.append(server.seconds * 1000)
    return statistics.median(times)


def sizes(kezek, folder):
    """MiB of the program, and of a copy without symbols."""
    yield os.path.getsize(kezek) / 2**20
    if shutil.which("strip"):
        copy = os.path.join(folder, "stripped")
        output("strip", "-o", copy, kezek)
        yield os.path.getsize(copy) / 2**20


def note(text):
    print(text, file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kezek", type=pathlib.Path, default=ROOT / ".build/release/kezek",
                        help="the program, built for release")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, whose median is told")
    parser.add_argument("--seconds", type=float, default=5, help="seconds of each run")
    options = parser.parse_args()
    kezek = str(options.kezek.resolve())
    if not os.access(kezek, os.X_OK):
        parser.error(f"no program {options.kezek}: swift build -c release --product kezek")
    if options.rounds < 1 or options.seconds < 0.1:
        parser.error("--rounds from 1, --seconds from 0.1")
    if not (shutil.which("redis-server") and shutil.which("redis-benchmark")):
        parser.error("redis is not installed: apt-get install redis-server")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

    with tempfile.TemporaryDirectory() as folder:
        with Server(kezek) as server, Redis(folder) as redis:
            idle = server.memory()
            print_comparison(compare(kezek, server, redis, options))
            print_bulk(kezek, server, options)
            loaded = server.memory()
        whole, *stripped = sizes(kezek, folder)
        print("\n| measure | value |\n|---|--:|")
        print(f"| memory, idle | {idle:.1f} MiB |\n| memory, after the load | {loaded:.1f} MiB |")
        print(f"| start-up to listening | {start_up(kezek):.1f} ms |")
        print(f"| program | {whole:.1f} MiB |")
        for size in stripped:
            print(f"| program, stripped | {size:.1f} MiB |")


if __name__ == "__main__":
    main()
