#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How good plans are after a given time, beside the best values that are known.

usage: visits.py KEZEK FOLDER [--seconds 1 10] [--runs 5] [--only Solomon|Gehring|week|moved|vehicles]

FOLDER has `instances/*.txt` (Solomon 1987; Gehring and Homberger 1999, public on the sites of SINTEF and
CVRPLIB), `best_known.csv` with the columns `instance`, `distance_only_distance`, the best distance when each is
cut to one decimal, and `vehicles_first_vehicles` and `vehicles_first_distance`, and `weeks/*.json` with their
`*.plan.json`. `moved` plans the weeks anew with at most 20 % of the visits on another shift than in their plan;
`vehicles` uses the fewest vehicles first. Seeds 1 to RUNS, one thread.
"""
import argparse, csv, json, pathlib, statistics, subprocess, sys


def solve(kezek, file, seconds, seed, *more):
    out = subprocess.run(
        [kezek, "visits", "solve", str(file), "--seconds", str(seconds), "--seed", str(seed), "--json",
         *more], check=True, capture_output=True, text=True).stdout
    return json.loads(out)


def week_of(plan):
    return plan.with_name(plan.name.replace(".plan", ""))


def moved(kezek, folder, seconds, seeds):
    """How much of the way is saved if few visits may be moved to another shift."""
    for plan in sorted(folder.glob("weeks/*.plan.json")):
        before = json.loads(plan.read_text())["summary"]["duration"]
        runs = [solve(kezek, week_of(plan), seconds, seed, "--start", str(plan), "--max-moved", "20") for seed in seeds]
        middle = statistics.median(run["distance"] for run in runs)
        print(f"moved    {week_of(plan).stem:10} {seconds:4.0f} s  travel {before} s, then median {middle:.0f} s, "
              f"moved at most {max(run['moved'] for run in runs)} of {runs[0]['visits']}, unassigned at most "
              f"{max(len(run['unassigned']) for run in runs)}", flush=True)


def vehicles(kezek, folder, rows, seconds, seeds):
    """The fewest vehicles, and then the least distance."""
    for row in rows:
        name = row["instance"]
        if "_" not in name or not row["vehicles_first_vehicles"]:
            continue
        runs = [solve(kezek, folder / f"instances/{name}.txt", seconds, seed, "--objective", "vehicles")
                for seed in seeds]
        print(f"vehicles {name:10} {seconds:4.0f} s  vehicles {sorted(run['shiftsUsed'] for run in runs)}, "
              f"median distance {statistics.median(run['distance'] for run in runs):.2f}; best known "
              f"{row['vehicles_first_vehicles']}, {row['vehicles_first_distance']}", flush=True)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("kezek")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seconds", type=float, nargs="+", default=[1, 10])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    with open(arguments.folder / "best_known.csv") as file:
        rows = [row for row in csv.DictReader(line for line in file if not line.startswith("#"))]
    column = "distance_only_distance"
    groups = {"Solomon": [], "Gehring": []}
    for row in rows:
        name = row["instance"]
        if row[column] and "." not in name:
            groups["Gehring" if "_" in name else "Solomon"].append((name, float(row[column])))
    for seconds in arguments.seconds:
        for group, instances in groups.items():
            if arguments.only not in ("", group):
                continue
            gaps = []
            for name, best in instances:
                runs = []
                for seed in range(1, arguments.runs + 1):
                    answer = solve(arguments.kezek, arguments.folder / f"instances/{name}.txt", seconds, seed)
                    if answer["unassigned"]:
                        sys.exit(f"{name}: {len(answer['unassigned'])} visits are left")
                    runs.append(100 * (answer["distance"] / best - 1))
                gaps.append(statistics.mean(runs))
                print(f"{group:8} {name:10} {seconds:4.0f} s  mean gap {gaps[-1]:6.3f} %  "
                      f"median {statistics.median(runs):6.3f} %", flush=True)
            print(f"{group:8} {'mean':10} {seconds:4.0f} s           {statistics.mean(gaps):6.3f} %", flush=True)
        if arguments.only in ("", "week"):
            for plan in sorted(arguments.folder.glob("weeks/*.plan.json")):
                week = week_of(plan)
                runs = [solve(arguments.kezek, week, seconds, seed) for seed in range(1, arguments.runs + 1)]
                print(f"week     {week.stem:10} {seconds:4.0f} s  travel median "
                      f"{statistics.median(run['distance'] for run in runs):.0f} s, unassigned at most "
                      f"{max(len(run['unassigned']) for run in runs)}", flush=True)
        seeds = range(1, arguments.runs + 1)
        if arguments.only in ("", "moved"):
            moved(arguments.kezek, arguments.folder, seconds, seeds)
        if arguments.only in ("", "vehicles"):
            vehicles(arguments.kezek, arguments.folder, rows, seconds, seeds)


main()
