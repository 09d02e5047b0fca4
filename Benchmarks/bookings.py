#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares durable bookings with PostgreSQL, and reads of free places with PostgreSQL and redis.

Each program has a server here, on the same disk, and its own load generator over loopback:
`kezek bench queue`, `pgbench`, `redis-benchmark`. They take turns, so that what slows the machine
for a while slows them all.
"""
import argparse
import collections
import contextlib
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

from wire import FIRST_PINGS, ROOT, Redis, Server, end, note, output

# How kezek is called. Its load generator warms up before it measures, and registers the offices
# that are not there: 500, each with 33 slots on 14 days, as PostgreSQL has them.
SERVE = "{kezek} serve --listen 127.0.0.1:0 --store {folder}/kezek.sqlite --create"
BENCH = ("{kezek} bench queue --server {address} --kind {kind} --connections {connections} "
         "--pipeline {pipeline} --seconds {seconds} --json")
WARM_UP = 0.5

SQL = pathlib.Path(__file__).resolve().parent / "postgres"
WAYS = ("book_function", "book_cte")
# Clients and the requests each has in flight; pgbench commits one at a time.
BOOKINGS = [(1, 1), (8, 1), (32, 1), (64, 1), (64, 16)]
READS = [(16, 1), (64, 1), (64, 16)]


class Postgres:
    """A cluster of its own on a free port, in a folder on disk."""

    def __init__(self, programs, folder):
        self.programs, self.folder, self.data = programs, folder, folder / "postgres"
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.at = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres"]

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if (self.data / "postmaster.pid").exists():
            self.own("pg_ctl", "-m", "immediate", "-w", "stop")

    def start(self):
        self.data.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self.data, "postgres", "postgres")
        self.own("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C")
        with open(self.data / "postgresql.conf", "a") as settings:
            settings.write((SQL / "benchmark.conf").read_text() + f"port = {self.port}\n")
        self.own("pg_ctl", "-w", "-l", str(self.data / "log"), "start")
        self.ask("-f", str(SQL / "schema.sql"))

    def own(self, program, *arguments):
        """Runs a program on the cluster as its owner, since these refuse root."""
        owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*owner, self.programs / program, "-D", self.data, *arguments]
        if subprocess.run(command, stdout=subprocess.DEVNULL, cwd=self.folder).returncode:
            sys.exit(f"{program} {' '.join(arguments)} failed")

    def ask(self, *arguments):
        return output(self.programs / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1",
                      *self.at, *arguments)

    def bench(self, script, clients, _, seconds):
        told = output(
            self.programs / "pgbench", *self.at, "-n", "-M", "prepared", "-c", str(clients),
            "-j", "2", "-T", str(seconds), "-f", str(SQL / f"{script}.sql"),
            "--log", f"--log-prefix={self.folder}/pgbench", "postgres")
        if "number of failed transactions: 0 " not in told:
            sys.exit(f"pgbench told of failed transactions:\n{told}")
        times = self.latencies()
        return {"perSecond": float(re.search(r"tps = ([\d.]+) \(without", told).group(1)),
                "count": int(re.search(r"actually processed: (\d+)", told).group(1)),
                "p50Microseconds": times[len(times) // 2],
                "p99Microseconds": times[len(times) * 99 // 100]}

    def latencies(self):
        """The microseconds of every transaction in pgbench's logs, sorted; the logs go."""
        times = []
        for log in self.folder.glob("pgbench.*"):
            with open(log) as lines:
                times.extend(int(line.split(" ", 3)[2]) for line in lines)
            log.unlink()
        return sorted(times)

    def used(self):
        """Bookings so far, and bytes of the database and of its write-ahead log."""
        rows, booked, database, log = map(int, self.ask(
            "-c", "select (select count(*) from bookings), (select sum(booked) from slots), "
            "pg_database_size('postgres'), pg_current_wal_insert_lsn() - '0/0'").split("|"))
        if rows != booked:
            sys.exit(f"PostgreSQL has {rows:,} bookings and {booked:,} booked places")
        return collections.Counter(bookings=rows, database=database, log=log)


class Kezek(Server):
    """A kezek server whose journal is in the folder."""

    def __init__(self, kezek, folder):
        self.kezek, self.folder = kezek, folder
        self.process = subprocess.Popen(self.command(SERVE), cwd=ROOT, text=True,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            self.address = self.listening()
            threading.Thread(
                target=collections.deque, args=(self.process.stderr, 0), daemon=True).start()
            self.bench("slots", 1, 1, 1)  # the offices are there before their journal is measured
        except BaseException:
            end(self.process)
            raise

    def command(self, words, **values):
        values |= {"kezek": self.kezek, "folder": self.folder}
        return [word.format(**values) for word in words.split()]

    def bench(self, kind, connections, pipeline, seconds):
        """What the load generator tells, and the bytes by which the journal grew."""
        before = self.journal()
        run = json.loads(output(*self.command(
            BENCH, address=self.address, kind=kind, connections=connections,
            pipeline=pipeline, seconds=seconds)))
        count = run["perSecond"] * (seconds + WARM_UP)
        return run | {"grown": self.journal() - before, "count": count}

    def journal(self):
        return sum(file.stat().st_size for file in self.folder.glob("kezek.sqlite*"))


class Pings(Redis):
    def bench(self, _, clients, pipeline, seconds):
        count = int(self.pings(clients, pipeline, FIRST_PINGS) * seconds)
        return {"perSecond": self.pings(clients, pipeline, count)}


def turns(*programs):
    """Who is asked what in a round, and by how many clients."""
    for shapes, *questions in ((BOOKINGS, WAYS, ("hold", "book"), ()),
                               (READS, ("free_places",), ("slots",), ("ping",))):
        for shape in shapes:
            for program, names in zip(programs, questions):
                if program and (shape[1] == 1 or not isinstance(program, Postgres)):
                    yield from ((program, name, shape) for name in names)


def compare(programs, options):
    """The runs of each question and shape."""
    runs = collections.defaultdict(list)
    for number in range(options.rounds):
        for program, name, shape in turns(*programs):
            note(f"round {number + 1} of {options.rounds}, {name}, {shown(shape)}")
            runs[name, shape].append(program.bench(name, *shape, options.seconds))
    return runs


def shown(shape):
    return f"{shape[0]} × {shape[1]}"


def median(runs, key="perSecond"):
    """The median as text; a dash where there was no run."""
    return f"{statistics.median(run[key] for run in runs):,.0f}" if runs else "–"


def ratio(runs, others):
    """The median of the rounds' ratios as text."""
    pairs = [a["perSecond"] / b["perSecond"] for a, b in zip(runs, others)]
    return f"{statistics.median(pairs):.2f}" if pairs else "–"


def fastest(runs, names, shapes):
    """The question and the shape of the highest median."""
    keys = [(name, shape) for name in names for shape in shapes]
    return max(keys, key=lambda key: statistics.median(
        [run["perSecond"] for run in runs[key]] or [0]))


def print_table(heads, rows):
    print(f"| {' | '.join(heads)} |\n|---|{'--:|' * (len(heads) - 1)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print()


def print_bookings(runs):
    way, top = fastest(runs, WAYS, BOOKINGS)
    speeds, latencies = [], []
    for shape in BOOKINGS:
        theirs = runs[fastest(runs, WAYS, [shape])]
        ours = [runs[name, shape] for name in ("hold", "book")]
        speeds.append([
            shown(shape), *(median(runs[name, shape]) for name in WAYS), *map(median, ours),
            *(ratio(mine, other) for mine in ours for other in (theirs, runs[way, top]))])
        latencies.append([shown(shape), *(
            median(some, key) for some in (theirs, *ours)
            for key in ("p50Microseconds", "p99Microseconds"))])
    print(f"Beside kezek stands PostgreSQL's faster way of the row; its best is {shown(top)} with "
          f"`{way}.sql`.\n")
    print_table(
        ["clients × in flight", *(f"PostgreSQL bookings/s, `{name}.sql`" for name in WAYS),
         "kezek durable commands/s", "kezek bookings/s (hold + confirm)",
         "commands ÷ PostgreSQL", "commands ÷ PostgreSQL's best",
         "bookings ÷ PostgreSQL", "bookings ÷ PostgreSQL's best"], speeds)
    print_table(
        ["clients × in flight", *(
            f"{what} {point}, µs"
            for what in ("PostgreSQL booking", "kezek command", "kezek booking")
            for point in ("p50", "p99"))], latencies)


def print_reads(runs):
    top = fastest(runs, ["free_places"], READS)
    print_table(
        ["clients × in flight", "kezek reads/s", "p50 µs", "p99 µs", "PostgreSQL reads/s", "p50 µs",
         "p99 µs", "redis PING/s", "kezek ÷ PostgreSQL",
         f"kezek ÷ PostgreSQL's best ({shown(top[1])})", "kezek ÷ redis"],
        [[shown(shape), *(median(runs[name, shape], key) for name in ("slots", "free_places")
                          for key in ("perSecond", "p50Microseconds", "p99Microseconds")),
          median(runs["ping", shape]),
          *(ratio(runs["slots", shape], runs[key])
            for key in (("free_places", shape), top, ("ping", shape)))] for shape in READS])


def print_disk(runs, used):
    booked = [run for (name, _), some in runs.items() if name == "book" for run in some]
    bookings = sum(run["count"] for run in booked)
    print_table(["bytes a booking", "heap and indexes", "write-ahead log", "journal"], [
        ["PostgreSQL", *(f"{used[what] / used['bookings']:,.0f}" for what in ("database", "log")),
         "–"],
        ["kezek", "–", "–",
         f"{sum(run['grown'] for run in booked) / bookings:,.0f}" if bookings else "–"]])
    if refused := sum(run.get("refused", 0) for some in runs.values() for run in some):
        print(f"kezek refused {refused:,} requests.")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kezek", type=pathlib.Path, default=ROOT / ".build/release/kezek",
                        help="the program, built for release")
    parser.add_argument("--without-kezek", action="store_true", help="PostgreSQL and redis alone")
    parser.add_argument("--postgres", type=pathlib.Path, default="/usr/lib/postgresql/15/bin",
                        help="the folder of PostgreSQL's programs")
    parser.add_argument("--folder", default="/var/tmp",
                        help="where to write 5 GB for the time, on a real disk")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, whose median is told")
    parser.add_argument("--seconds", type=int, default=5, help="seconds of each run")
    parser.add_argument("--quick", action="store_true", help="one round with runs of a second")
    options = parser.parse_args()
    if options.quick:
        options.rounds = options.seconds = 1
    if options.rounds < 1 or options.seconds < 1:
        parser.error("--rounds and --seconds from 1")
    if not options.without_kezek and not os.access(options.kezek, os.X_OK):
        parser.error(f"no program {options.kezek}: swift build -c release --product kezek")
    for program in (options.postgres / "pgbench", "redis-server", "redis-benchmark"):
        if not shutil.which(program):
            parser.error(f"no {program}: apt-get install postgresql redis-server")
    if output("stat", "-f", "-c", "%T", options.folder).strip() in ("tmpfs", "ramfs"):
        parser.error(f"{options.folder} is memory; give --folder on a disk")
    return options


def main():
    options = arguments()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(dir=options.folder)))
        folder.chmod(0o755)  # PostgreSQL's user reaches its cluster through it
        postgres = stack.enter_context(Postgres(options.postgres, folder))
        redis = stack.enter_context(Pings(folder))
        kezek = None if options.without_kezek else stack.enter_context(
            Kezek(options.kezek.resolve(), folder))
        before = postgres.used()
        runs = compare((postgres, kezek, redis), options)
        used = postgres.used()
        used.subtract(before)
    asked = sum(run["count"] for (name, _), some in runs.items() if name in WAYS for run in some)
    if used["bookings"] != asked:
        sys.exit(f"PostgreSQL took {used['bookings']:,} bookings of {asked:,}")
    print_bookings(runs)
    print_reads(runs)
    print_disk(runs, used)


if __name__ == "__main__":
    main()
