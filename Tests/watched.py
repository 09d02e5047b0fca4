#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs tests to their end, or to the end of the time that they have.

    watched.py SECONDS LOG [--quiet] COMMAND...

Whatever COMMAND prints is written to LOG, line by line, and printed unless --quiet is given. When it has
been silent for five minutes, or goes on after so many SECONDS, the tests that have begun and not ended are
told, with the programs that run and what their threads do (by gdb, which is installed if it is missing and
that can be done). After SECONDS everything that COMMAND started is ended. The status is that of COMMAND, or
124 if it was ended, as `timeout` has it.
"""
import os, re, signal, subprocess, sys, threading, time

SILENCE = 300
BEGUN = re.compile(r"^◇ Test (?!run )(?!case )(.+) started\.$")
ENDED = re.compile(
    r"^[✔✘] Test (?!run )(?!case )(.+?)(?: with \d+ test cases?)? (?:passed|failed) after ")


def processes(session):
    """Of a session: identifiers and command lines."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                # The name of the program stands in brackets, and may hold anything.
                fields = file.read().rpartition(")")[2].split()
            with open(f"/proc/{name}/cmdline", "rb") as file:
                words = file.read().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            continue
        if int(fields[3]) == session:
            found.append((int(name), words))
    return sorted(found)


def tell(out, session, running, why):
    out(f"== {why}; tests that have begun and not ended:\n")
    for name in sorted(running):
        out(f"   {name}\n")
    found = processes(session)
    for number, words in found:
        out(f"   process {number}: {words[:160]}\n")
    if subprocess.run(["sh", "-c", "command -v gdb"], capture_output=True).returncode:
        subprocess.run(
            ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "gdb"],
            capture_output=True)
    for number, words in found:
        if ".xctest" not in words.split(" ")[0]:
            continue
        try:
            stacks = subprocess.run(
                ["gdb", "-p", str(number), "-batch", "-ex", "thread apply all bt 20"],
                capture_output=True, timeout=240)
            out(stacks.stdout.decode(errors="replace"))
        except (OSError, subprocess.TimeoutExpired) as error:
            out(f"   no stacks of {number}: {error}\n")


def main(limit, log, *command):
    is_quiet = command[0] == "--quiet"
    command = command[1:] if is_quiet else command
    limit = int(limit)
    # A pipe makes the C library keep lines back, and the last ones are those that are wanted.
    child = subprocess.Popen(
        ["stdbuf", "-oL", "-eL", *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, start_new_session=True)
    began = last = time.monotonic()
    running, lock, is_told, is_ended = set(), threading.Lock(), False, False
    with open(log, "w", encoding="utf-8") as file:

        def out(text):
            with lock:
                file.write(text)
                file.flush()
                if not is_quiet:
                    sys.stdout.write(text)
                    sys.stdout.flush()

        def read():
            nonlocal last, is_told
            for line in child.stdout:
                text = line.decode(errors="replace")
                out(text)
                last, is_told = time.monotonic(), False
                if found := BEGUN.match(text):
                    running.add(found[1])
                elif found := ENDED.match(text):
                    running.discard(found[1])

        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        while child.poll() is None:
            time.sleep(0.2)
            now = time.monotonic()
            if now - began > limit:
                tell(out, child.pid, set(running), f"not ended after {limit} s")
                for number, _ in processes(child.pid):
                    os.kill(number, signal.SIGKILL)
                is_ended = True
                break
            if now - last > SILENCE and not is_told:
                is_told = True
                tell(out, child.pid, set(running), f"nothing was told for {SILENCE} s")
        status = child.wait()
        # What it has printed is there by now, unless something it started still has the pipe.
        reader.join(10)
    if is_ended:
        return 124
    return status if status >= 0 else 128 - status


sys.exit(main(*sys.argv[1:]))
