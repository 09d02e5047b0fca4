#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What strangers and idle connections cost a server.

    strangers.py PROGRAM [--only strangers|tls|idle] [--connections 10000] [--addresses 100] [--seconds 20]
                         [--idle 5000] [--idle-seconds 60] [--tls 2000]

Three measurements, each with a server of its own in a temporary folder:

1. So many plain connections of strangers, from many loopback addresses, send all they may and come again when
   they are cut off; meanwhile a caller with a token connects, says who it is and asks, again and again.
2. Strangers over TLS do the same; what each that is there costs.
3. So many idle connections; the processor time that they take.
"""
import argparse
import multiprocessing
import os
import re
import resource
import selectors
import socket
import ssl
import subprocess
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FIXTURES = os.path.join(ROOT, "Tests/Fixtures/tls")


def varint(number):
    out = b""
    while number > 0x7F:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])


def field(number, content):
    return varint(number << 3 | 2) + varint(len(content)) + content


def frame(request_id, call, content):
    message = b"\x08" + varint(request_id) + b"\x18\x03" + field(call, content)
    return varint(len(message)) + message


class Server:
    def __init__(self, program, folder, *arguments):
        log = os.path.join(folder, "log")
        self.process = subprocess.Popen(
            [program, "serve", "--listen", "127.0.0.1:0", *arguments],
            cwd=ROOT, stderr=open(log, "w"), stdout=subprocess.DEVNULL)
        for _ in range(600):
            found = re.search(r"address=127\.0\.0\.1:(\d+)", open(log).read())
            if found:
                break
            if self.process.poll() is not None:
                raise SystemExit(open(log).read())
            time.sleep(0.1)
        self.port = int(found.group(1))

    def resident(self):
        pages = int(open(f"/proc/{self.process.pid}/statm").read().split()[1])
        return pages * resource.getpagesize()

    def processor(self):
        parts = open(f"/proc/{self.process.pid}/stat").read().rsplit(")", 1)[1].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.terminate()
        self.process.wait()


def connected(port, address):
    """A connection that is begun from one of the loopback's addresses."""
    one = socket.socket()
    one.setblocking(False)
    one.setsockopt(socket.IPPROTO_IP, 24, 1)  # IP_BIND_ADDRESS_NO_PORT
    one.bind((f"127.{1 + address // 62500}.{address // 250 % 250}.{address % 250 + 1}", 0))
    try:
        one.connect(("127.0.0.1", port))
    except BlockingIOError:
        pass
    return one


def dropped():
    """Connections that the kernel had no room for, since the machine or the namespace began."""
    names, values = [line.split() for line in open("/proc/net/netstat") if line.startswith("TcpExt:")]
    return int(dict(zip(names, values))["ListenOverflows"])


def ask(port, token):
    """Seconds until somebody with a token has an answer over a new connection, tries that it took, and seconds of the
    last try until the kernel had connected it.

    Where strangers push in, a connection may be closed before it has said who it is; clients come again.
    """
    began, tries = time.monotonic(), 0
    while True:
        tries += 1
        tried = time.monotonic()
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=30) as one:
                connected = time.monotonic() - tried
                one.sendall(frame(1, 35, field(1, token.encode())) + frame(2, 33, b""))
                got = b""
                while len(got) < 1000:  # The description is longer than that.
                    part = one.recv(65536)
                    if not part:
                        raise ConnectionError
                    got += part
            return time.monotonic() - began, tries, connected
        except ConnectionError:
            time.sleep(0.02)


def call(port, token, seconds, tell):
    end, waits = time.monotonic() + seconds, []
    while time.monotonic() < end:
        waits.append(ask(port, token))
        time.sleep(0.2)
    tell.send(waits)


def strangers(program, count, addresses, seconds):
    with tempfile.TemporaryDirectory() as folder:
        list_file = os.path.join(folder, "access.json")
        token = subprocess.run(
            [program, "access", "issue", "--file", list_file, "--role", "operator",
             "--all-offices"],
            check=True, capture_output=True, text=True).stdout.strip()
        server = Server(
            program, folder, "--access", list_file, "--create", "--store",
            os.path.join(folder, "kezek.sqlite"))
        before, overflows = server.resident(), dropped()
        quiet = max(ask(server.port, token)[0] for _ in range(5))
        chooser = selectors.DefaultSelector()
        # A frame of 4 KiB, but for its last byte.
        rest = varint(4096) + b"\x0a" * 4095

        def begin(number):
            one = connected(server.port, number % addresses)
            chooser.register(one, selectors.EVENT_WRITE, [number, rest])

        for number in range(count):
            begin(number)
        # The caller is a process of its own, which the load does not hold up.
        told, tell = multiprocessing.Pipe(duplex=False)
        caller = multiprocessing.Process(target=call, args=(server.port, token, seconds, tell))
        caller.start()
        most, renewed, sent = before, 0, 0
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for key, events in chooser.select(0.1):
                number, left = key.data
                try:
                    if events & selectors.EVENT_WRITE:
                        done = key.fileobj.send(left)
                        sent += done
                        key.data[1] = left[done:]
                        if not key.data[1]:
                            chooser.modify(key.fileobj, selectors.EVENT_READ, key.data)
                    elif not key.fileobj.recv(4096):
                        raise ConnectionError
                except (ConnectionError, OSError):
                    chooser.unregister(key.fileobj)
                    key.fileobj.close()
                    renewed += 1
                    begin(number)
            most = max(most, server.resident())
        waits = told.recv()
        caller.join()
        server.stop()
        times = sorted(seconds for seconds, _, _ in waits)
        tries = sum(tries for _, tries, _ in waits)
        slowest = max(waits)
        print(
            f"{count} strangers of {addresses} addresses for {seconds} s: {renewed} cut off and come again, "
            f"{sent / 1e6:.0f} MB sent; memory {before / 1e6:.1f} -> {most / 1e6:.1f} MB "
            f"(+{(most - before) / 1e6:.1f}); {len(waits)} calls with a token in {tries} tries, median "
            f"{times[len(times) // 2]:.3f} s, slowest {times[-1]:.3f} s in {slowest[1]} tries, of which "
            f"{slowest[2]:.3f} s until it was connected (quiet {quiet:.3f} s); the kernel had no room for "
            f"{dropped() - overflows}")


def over_tls(program, count):
    with tempfile.TemporaryDirectory() as folder:
        key = os.path.join(folder, "server.key")
        with open(os.path.join(FIXTURES, "server.key"), "rb") as file:
            content = file.read()
        with open(os.open(key, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            file.write(content)
        list_file = os.path.join(folder, "access.json")
        subprocess.run(
            [program, "access", "issue", "--file", list_file, "--role", "operator",
             "--all-offices"],
            check=True, capture_output=True)
        server = Server(
            program, folder, "--access", list_file, "--tls-certificate",
            os.path.join(FIXTURES, "server.pem"), "--tls-key", key)
        context = ssl.create_default_context(cafile=os.path.join(FIXTURES, "ca.pem"))
        context.check_hostname = False

        def one(number):
            plain = socket.socket()
            plain.bind((f"127.1.{number // 25000}.{number // 100 % 250 + 1}", 0))
            plain.connect(("127.0.0.1", server.port))
            secured = context.wrap_socket(plain)
            secured.sendall(varint(4096) + b"\x0a" * 4095)
            return secured

        kept = [one(number) for number in range(20)]
        before, began = server.resident(), time.monotonic()
        # Ten seconds is what each has.
        for number in range(20, count):
            kept.append(one(number))
            if time.monotonic() - began > 9:
                break
        added = len(kept) - 20
        after = server.resident()
        server.stop()
        print(
            f"{added} strangers over TLS in {time.monotonic() - began:.1f} s: "
            f"{(after - before) / added / 1024:.1f} KiB each")


def idle(program, count, seconds):
    with tempfile.TemporaryDirectory() as folder:
        server = Server(
            program, folder, "--idle-seconds", "100000", "--create", "--store",
            os.path.join(folder, "kezek.sqlite"))

        def share(seconds):
            began, used = time.monotonic(), server.processor()
            time.sleep(seconds)
            return (server.processor() - used) / (time.monotonic() - began) * 100

        alone = share(min(seconds, 20))
        before = server.resident()
        kept = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(count)]
        time.sleep(2)
        with_them = share(seconds)
        each = (server.resident() - before) / count
        print(
            f"{count} idle connections for {seconds} s: {with_them:.2f} % of a core, "
            f"{alone:.2f} % without any; {each / 1024:.1f} KiB each")
        for one in kept:
            one.close()
        server.stop()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--only", choices=["strangers", "tls", "idle"])
    parser.add_argument("--connections", type=int, default=10_000)
    parser.add_argument("--addresses", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--idle", type=int, default=5_000)
    parser.add_argument("--idle-seconds", type=int, default=60)
    parser.add_argument("--tls", type=int, default=2_000)
    given = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    program = os.path.abspath(given.program)
    if given.only in (None, "strangers"):
        strangers(program, given.connections, given.addresses, given.seconds)
    if given.only in (None, "tls"):
        over_tls(program, given.tls)
    if given.only in (None, "idle"):
        idle(program, given.idle, given.idle_seconds)


if __name__ == "__main__":
    main()
