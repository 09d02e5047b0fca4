#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the examples in the documents and compares their output.

    examples.py KEZEK FILE-OR-FOLDER ...

In a block fenced as ```console a line beginning with "$ " is a command, and the lines below it are
its output. "…" stands for any text, alone on a line for any lines. Commands call the program as
`kezek`. A block fenced as ```console no-run is only shown.
"""
import os, pathlib, re, subprocess, sys, tempfile


def blocks(text):
    for match in re.finditer(r"^```console\n(.*?)^```", text, re.M | re.S):
        line = text[:match.start()].count("\n") + 2
        yield line, match.group(1)


def commands(block):
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, _, output = part.partition("\n")
        while command.endswith("\\"):
            more, _, output = output.partition("\n")
            command = command[:-1] + more
        yield command, output


def pattern(output):
    lines = []
    for line in output.rstrip("\n").split("\n"):
        if line.strip() == "…":
            lines.append(r"(?:.*\n)*?")
        else:
            lines.append(r".*".join(re.escape(part.rstrip() if i else part)
                                    for i, part in enumerate(line.split("…"))) + r" *\n")
    return re.compile("".join(lines) + r"\n*\Z")


def main(program, *places):
    root = pathlib.Path(__file__).resolve().parents[1]
    files = [file for place in places for file in
             (sorted((root / place).rglob("*.md")) if (root / place).is_dir() else [root / place])]
    (ran, failed) = (0, 0)
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(pathlib.Path(program).resolve(), f"{folder}/kezek")
        environment = dict(os.environ, PATH=f"{folder}:{os.environ['PATH']}", LANG="C.UTF-8",
                           KEZEK_DATA=str(root))
        environment.pop("LC_ALL", None)
        for file in files:
            for line, block in blocks(file.read_text(encoding="utf-8")):
                for command, expected in commands(block):
                    run = subprocess.run(command, shell=True, cwd=root, env=environment,
                                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                         encoding="utf-8", timeout=60)
                    ran += 1
                    if not pattern(expected).match(run.stdout.rstrip("\n") + "\n"):
                        failed += 1
                        print(f"{file.relative_to(root)}:{line}: $ {command}\n"
                              f"--- expected\n{expected}--- found\n{run.stdout}")
    print(f"documents: {ran} examples, {failed} failed")
    return 1 if failed or not ran else 0


sys.exit(main(*sys.argv[1:]))
