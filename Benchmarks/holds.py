# SPDX-License-Identifier: Apache-2.0
"""What a hold costs an office's day, without a server and on one thread.

    python3 Benchmarks/holds.py [--against COMMIT] [--times]

Builds the queue of what is committed here, and of COMMIT, each as a small package of its own. Counts the
instructions of a whole day's holds and refusals (valgrind's callgrind); with --times also tells the
milliseconds of the dearest holds of days booked to the last place.
"""
import argparse, pathlib, re, subprocess, tempfile

HERE = pathlib.Path(__file__).resolve().parents[1]
MODULES = {"CivilTime": "", "Parties": "", "Texts": '"CivilTime"', "WorkingDays": '"CivilTime", "Texts"',
           "Queue": '"CivilTime", "Parties", "Texts", "WorkingDays"'}
COUNTED = ["1x5", "3x6", "8x64"]
TIMED = ["drawn-6", "drawn-16", "drawn-64", "four-16", "four-64"]


def build(commit, folder):
    """The program that plays days, with the queue of a commit."""
    package = folder / commit.replace("/", "-")
    package.mkdir()
    tree = subprocess.run(["git", "archive", commit, *(f"Sources/{module}" for module in MODULES)], cwd=HERE,
                          check=True, stdout=subprocess.PIPE).stdout
    subprocess.run(["tar", "x"], cwd=package, input=tree, check=True)
    program = package / "Sources" / "holds"
    program.mkdir()
    for file in ["Benchmarks/holds/main.swift", "Tests/QueueTests/Plans.swift"]:
        (program / pathlib.Path(file).name).write_text((HERE / file).read_text())
    targets = "".join(f'    .target(name: "{name}", dependencies: [{needs}]),\n' for name, needs in MODULES.items())
    (package / "Package.swift").write_text(
        "// swift-tools-version: 6.1\nimport PackageDescription\n"
        f'let package = Package(name: "holds", targets: [\n{targets}'
        '    .executableTarget(name: "holds", dependencies: ["CivilTime", "Parties", "Texts", "Queue"]),\n])\n'
        "for target in package.targets {\n    target.swiftSettings = [\n"
        + "".join(f'        .enableUpcomingFeature("{feature}"),\n' for feature in
                  ["ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility"]) + "    ]\n}\n")
    subprocess.run(["swift", "build", "-c", "release"], cwd=package, check=True, stdout=subprocess.DEVNULL)
    return package / ".build" / "release" / "holds"


def instructions(program, office):
    """How many instructions the days of an office take, and how many holds were taken and refused."""
    run = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, "count",
                          office], check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return int(re.search(r"Collected : (\d+)", run.stderr)[1]), run.stdout.strip()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--against", metavar="COMMIT")
    parser.add_argument("--times", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        programs = [build(commit, pathlib.Path(name)) for commit in [asked.against, "HEAD"] if commit]
        print("| office | holds taken and refused | million instructions |", flush=True)
        for office in COUNTED:
            counts = [instructions(program, office) for program in programs]
            told = " → ".join(f"{count / 1e6:.1f}" for count, _ in counts)
            ratio = f", {counts[-1][0] / counts[0][0]:.2f} of before" if len(counts) == 2 else ""
            print(f"| {office} | {' → '.join(dict.fromkeys(text for _, text in counts))} | {told}{ratio} |", flush=True)
        for office in TIMED if asked.times else []:
            run = subprocess.run([programs[-1], "time", office], check=True, text=True, stdout=subprocess.PIPE)
            print(f"{office}: {run.stdout.strip()}", flush=True)


if __name__ == "__main__":
    main()
