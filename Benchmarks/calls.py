#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a call costs a server, in instructions: they are the same on a busy machine.

    python3 Benchmarks/calls.py [--kezek PROGRAM] [--against PROGRAM [--against-data FOLDER]]
                                [--calls due_date hold …] [--syncs]

A server rehearses a Thursday under valgrind's callgrind and answers the same calls, one after the other on one
connection: few of them in one run, many in another. Told is the difference for one call, with all that the server
does for it (reading, deciding, the journal, writing). An earlier program may not read today's calendars and
standards: FOLDER has those of its time, and its examples. With --syncs, strace counts how often it waits for the disk.
protoc and Python's protobuf package are needed, valgrind, and strace for --syncs.
"""
import argparse, contextlib, datetime, pathlib, re, shutil, socket, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[1]
DAY = (datetime.date(2026, 3, 19) - datetime.date(1970, 1, 1)).days
REHEARSED = "2026-03-19T03:00:00Z"
OFFICE = "Examples/offices/astana-corporation.yaml"
# BOOKING_CHANNEL_OFFICE, to which every place is open.
OFFICES_OWN = 3
# How many calls the two runs make.
COUNTS = {"due_date": (1_000, 11_000), "hold": (200, 1_200), "slots": (500, 3_500)}
# Valgrind 3.19 ends where a program's main thread waits in sigsuspend, as Swift's does for ever.
WAITING = """
#include <signal.h>
#include <unistd.h>
int sigsuspend(const sigset_t *mask) { (void)mask; for (;;) pause(); }
"""


def messages(folder):
    """The classes of kezek.v1, generated from Protos."""
    protos = ROOT / "Protos"
    subprocess.run(["protoc", f"-I{protos}", f"--python_out={folder}", *map(str, protos.rglob("*.proto"))], check=True)
    sys.path.insert(0, str(folder))
    from kezek.v1 import envelope_pb2
    return envelope_pb2


class Caller:
    def __init__(self, kezek, address):
        self.kezek, self.id, self.read, self.places = kezek, 0, b"", []
        host, port = address.rsplit(":", 1)
        self.connection = socket.create_connection((host, int(port)), timeout=600)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def request(self):
        self.id += 1
        return self.kezek.Request(id=self.id, language=self.kezek.LANGUAGE_EN)

    def command(self):
        request = self.request()
        request.request_id = self.id.to_bytes(16, "big")
        return request

    def answer(self, request):
        """The response to a request; a refusal ends the program."""
        body = request.SerializeToString()
        header, size = b"", len(body)
        while size >= 0x80:
            header, size = header + bytes([size & 0x7F | 0x80]), size >> 7
        self.connection.sendall(header + bytes([size]) + body)
        while True:
            size = shift = 0
            for index, byte in enumerate(self.read[:5]):
                size |= (byte & 0x7F) << shift
                shift += 7
                if byte < 0x80 and len(self.read) > index + size:
                    response = self.kezek.Response.FromString(self.read[index + 1:index + 1 + size])
                    self.read = self.read[index + 1 + size:]
                    if response.HasField("status"):
                        sys.exit(f"{response.status.reason}: {response.status.message}")
                    return response
                if byte < 0x80:
                    break
            got = self.connection.recv(1 << 16)
            if not got:
                sys.exit("the server closed the connection")
            self.read += got

    def due_date(self, number):
        request = self.request()
        request.due_date.standard, request.due_date.channel = "std-7", "corporation"
        request.due_date.start.day = DAY - 7 * (number % 8)
        request.due_date.start.second = 36_000 + number % 3_600
        self.answer(request)

    def slots(self, number):
        self.free(1 + number % 3)

    def free(self, days):
        """The starts of a day's slots."""
        request = self.request()
        slots = request.slots
        slots.office, slots.service, slots.channel = "astana-1", "acceptance", OFFICES_OWN
        slots.from_day = slots.to_day = DAY + days
        return [start for day in self.answer(request).slots.days for start in day.start_second]

    def hold(self, number):
        if not self.places:
            self.places = [(DAY + days, start) for days in (1, 4, 5, 6) for start in self.free(days)]
        request = self.command()
        request.hold.office, request.hold.service, request.hold.channel = "astana-1", "acceptance", OFFICES_OWN
        request.hold.day, request.hold.start_second = self.places[number % len(self.places)]
        request.hold.reference = f"person-{number}"
        held = self.answer(request).receipt.booking
        # The place is given up again, or the days would be full.
        release = self.command()
        release.release.booking.CopyFrom(held.id)
        self.answer(release)


@contextlib.contextmanager
def server(program, data, folder, before=()):
    """A server on a journal of its own, and where it listens."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    create = ["--create"] if b"--create" in subprocess.run(
        [program, "serve", "--help"], stdout=subprocess.PIPE).stdout else []
    process = subprocess.Popen(
        [*before, program, "serve", "--listen", "127.0.0.1:0", "--store", str(folder / "kezek.sqlite"), *create,
         "--rehearse", REHEARSED, "--threads", "1"],
        cwd=data, text=True, stdout=subprocess.DEVNULL, stderr=open(folder / "log", "w"), start_new_session=True)
    try:
        for _ in range(6_000):
            if found := re.search(r"address=(\S+).* listening", (folder / "log").read_text()):
                break
            if process.poll() is not None:
                break
            time.sleep(0.1)
        else:
            found = None
        if not found:
            sys.exit((folder / "log").read_text())
        yield found.group(1)
        # Of a program that runs another the group is told.
        subprocess.run(["pkill", "-TERM", "-g", str(process.pid)])
        process.wait(600)
    finally:
        if process.poll() is None:
            process.kill()


def stripped(program, folder, name):
    """A copy without what a debugger wants to know: valgrind 3.19 reads no DWARF 5."""
    copy = folder / name / "kezek"
    copy.parent.mkdir()
    subprocess.run(["strip", "--strip-debug", "-o", str(copy), str(program)], check=True)
    return copy


def run(kezek, program, data, folder, call, count, before):
    """Makes a call so many times."""
    with server(program, data, folder, before) as address:
        if call != "due_date":
            subprocess.run([program, "office", "import", OFFICE, "--server", address], cwd=data, check=True,
                           stdout=subprocess.DEVNULL)
        caller = Caller(kezek, address)
        for number in range(count):
            getattr(caller, call)(number)


def instructions(kezek, program, data, folder, call, count, shim):
    run(kezek, program, data, folder, call, count, [
        "env", f"LD_PRELOAD={shim}", "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
        f"--log-file={folder}.valgrind"])
    return int(re.search(r"Collected : (\d+)", pathlib.Path(f"{folder}.valgrind").read_text())[1])


def syncs(kezek, program, data, folder, call, count):
    run(kezek, program, data, folder, call, count, [
        "strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", f"{folder}.strace"])
    return len(re.findall(r"f(?:data)?sync\(", pathlib.Path(f"{folder}.strace").read_text()))


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--kezek", type=pathlib.Path, default=ROOT / ".build/release/kezek")
    parser.add_argument("--against", type=pathlib.Path)
    parser.add_argument("--against-data", type=pathlib.Path, default=ROOT)
    parser.add_argument("--calls", nargs="+", choices=COUNTS, default=list(COUNTS))
    parser.add_argument("--syncs", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        kezek = messages(folder)
        shim = folder / "waiting.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-x", "c", "-", "-o", str(shim)], input=WAITING, text=True, check=True)
        programs = [(stripped(program, folder, name), data) for name, program, data in
                    (("before", asked.against, asked.against_data), ("now", asked.kezek, ROOT)) if program]
        for call in asked.calls:
            few, many = COUNTS[call]
            each = []
            for program, data in programs:
                before, after = (instructions(kezek, program, data, folder / "store", call, count, shim)
                                 for count in (few, many))
                each.append((after - before) / (many - few))
            ratio = f", {each[1] / each[0]:.3f} of before" if len(each) == 2 else ""
            print(f"{call:9} {' → '.join(f'{number / 1e3:.1f}' for number in each)} thousand instructions{ratio}",
                  flush=True)
            if asked.syncs and call == "hold":
                for program, data in programs:
                    told = [syncs(kezek, program, data, folder / "store", call, count) for count in (50, 150)]
                    print(f"{'':9} {(told[1] - told[0]) / 200:.2f} syncs for a hold or release", flush=True)


if __name__ == "__main__":
    main()
