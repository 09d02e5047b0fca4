#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What can be promised to a caller, and how soon a day is repaired, beside VROOM, OR-Tools and PyVRP.

usage: offers.py KEZEK FOLDER [--rounds 5] [--only WEEK] [--places 5] [--scratch WEEK] [--referee FILE]

FOLDER has `WEEK.json`, a problem in VROOM's shape with locations and a matrix, `WEEK.plan.json`, its plan, and
`WEEK.requests.json`: {"candidates": [[start, end], ...], "requests": [{"id", "location", "location_index", "service",
"skills", "due"}, ...]}. The estimate of ways must be the one that the matrix was made with.

--rounds   runs of `kezek bench visits`; medians of what each run tells
--places   callers whom the others are asked to put in the plan, once each: the first whom kezek offers something,
           in the earliest window that it offers; 0 asks nobody else
--scratch  the week for which VROOM plans all from nothing, for every window that kezek refuses though some crew
           with the skills works then: minutes for a hundred of them on 238 visits
--referee  a Python file with `check_json(problem, plan)` and `check_offers(problem, plan, offers)`, both of which
           return a dictionary with a list `errors`; every answer is then judged by it

The others are packages of PyPI: pyvroom, ortools, pyvrp. All have one thread.
"""
import argparse, importlib.util, json, pathlib, statistics, subprocess, sys, tempfile

import placements


def load(path):
    return json.loads(path.read_text())


class Week:
    def __init__(self, folder, name, options):
        self.name, self.options = name, options
        self.files = [folder / f"{name}{ending}.json" for ending in ("", ".plan", ".requests")]
        self.problem, self.plan, asked = map(load, self.files)
        self.requests, self.windows = asked["requests"], asked["candidates"]

    def bench(self, kezek, *more):
        problem, plan, requests = map(str, self.files)
        return subprocess.run(
            [kezek, "bench", "visits", problem, plan, "--requests", requests, *self.options, *more],
            check=True, capture_output=True, text=True).stdout


def medians(runs):
    """The numbers of several runs of one shape, each the median."""
    first = runs[0]
    if isinstance(first, dict):
        return {key: medians([run[key] for run in runs]) for key in first}
    if isinstance(first, list):
        return [medians(list(row)) for row in zip(*runs)]
    return statistics.median(runs) if isinstance(first, (int, float)) else first


def row(name, spread, unit):
    print(f"| {name} | {spread['count']:.0f} | {spread['p50']:.2f} {unit} | {spread['p99']:.2f} {unit} "
          f"| {spread['max']:.2f} {unit} |")


def tell(week, report):
    print(f"\n{week.name}: {report['visits']} visits, {report['shifts']} shifts, {report['callers']} callers, "
          f"{report['windows']} windows; {report['differentWays']} ways are estimated otherwise than in the file\n")
    print("| what | times | p50 | p99 | most |\n|---|--:|--:|--:|--:|")
    row("a problem is made", report["making"]["problemMilliseconds"], "ms")
    row("a visit is added to it", report["making"]["addingMilliseconds"], "ms")
    row("its plan is made ready for questions", report["making"]["boardMilliseconds"], "ms")
    row("ways from a caller", report["offers"]["rowMicroseconds"], "µs")
    row("direct offers", report["offers"]["microseconds"], "µs")
    row("full offers", report["rooms"]["milliseconds"], "ms")
    row("of them a window with room", report["rooms"]["foundMilliseconds"], "ms")
    row("of them a window without", report["rooms"]["inVainMilliseconds"], "ms")
    for repair in report["repairs"]:
        row(f"repair: {repair['incident']}", repair["milliseconds"], "ms")
    print(f"\n{report['offers']['offered']:.0f} windows have a direct offer, {report['rooms']['offered']:.0f} a full "
          f"one, of {report['callers'] * report['windows']}")


class Answers:
    """What kezek answered: per request the windows of its offers and of its rooms."""

    def __init__(self, week, kezek, referee):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            week.bench(kezek, "--rounds", "1", "--rooms", "--answers", str(folder))
            self.offers, self.rooms = {}, {}
            wrong = judged = 0
            for request in week.requests:
                told = load(folder / f"{request['id']}.offers.json")
                # The referee looks ways up in the matrix.
                told["job"]["location_index"] = request["location_index"]
                self.offers[request["id"]] = sorted(offer["window"] for offer in told["offers"])
                self.rooms[request["id"]] = told["rooms"]
                if not referee:
                    continue
                wrong += len(referee.check_offers(week.problem, week.plan, told)["errors"])
                for window in told["rooms"]:
                    plan = load(folder / f"{request['id']}.{window[0]}.plan.json")
                    larger = placements.with_job(week.problem, request, window)
                    wrong += bool(referee.check_json(larger, plan)["errors"] or plan["unassigned"])
                    judged += 1
            if referee:
                print(f"\njudged: the offers to {len(week.requests)} callers and {judged} plans with room; "
                      f"{wrong} faults")

    def all(self):
        return {(id, tuple(window)) for told in (self.offers, self.rooms) for id in told for window in told[id]}


def judge(referee, week, request, window, plan):
    if not referee:
        return "not judged"
    errors = referee.check_json(placements.with_job(week.problem, request, window), plan)["errors"]
    return errors[0] if errors else "in order"


def others(week, answers, count, referee):
    """One placement for each of the first callers whom kezek offers something."""
    asked = [(request, answers.offers[request["id"]][0]) for request in week.requests
             if answers.offers[request["id"]]][:count]
    print("\n| one placement | placed | median | most | judged |\n|---|--:|--:|--:|---|")
    for name, place in [("OR-Tools, insertion alone", placements.ortools), ("PyVRP, one local search", placements.pyvrp),
                        ("VROOM, exploration 0", placements.vroom)]:
        times, verdicts = [], []
        for request, window in asked:
            took, plan = place(week.problem, week.plan, request, window)
            times.append(took * 1e3)
            if plan:
                verdicts.append(judge(referee, week, request, window, plan))
        print(f"| {name} | {len(verdicts)} of {len(asked)} | {statistics.median(times):.1f} ms | {max(times):.1f} ms "
              f"| {', '.join(sorted(set(verdicts)))} |", flush=True)


def scratch(week, answers, referee):
    """The windows that kezek refuses though some crew could serve then, planned by VROOM from nothing."""
    ours, found, times, wrong = answers.all(), 0, [], 0
    for request in week.requests:
        for window in week.windows:
            able = any(set(request["skills"]) <= set(vehicle["skills"]) and vehicle["time_window"][0] <= window[1]
                       and window[0] <= vehicle["time_window"][1] for vehicle in week.problem["vehicles"])
            if not able or (request["id"], tuple(window)) in ours:
                continue
            took, plan = placements.vroom(week.problem, None, request, window, exploration=5)
            times.append(took)
            if plan:
                verdict = judge(referee, week, request, window, plan)
                found += verdict in ("in order", "not judged")
                wrong += verdict not in ("in order", "not judged")
    print(f"\nkezek promises {len(ours)} of {len(week.requests) * len(week.windows)} windows; in {len(times)} others a "
          f"crew with the skills works, and VROOM, from nothing with exploration 5, finds a plan for {found} of them "
          f"({wrong} plans wrong), {statistics.median(times):.2f} s for a window at the median", flush=True)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("kezek")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only")
    parser.add_argument("--places", type=int, default=5)
    parser.add_argument("--scratch")
    parser.add_argument("--referee", type=pathlib.Path)
    parser.add_argument("--speed-kmh", default="25")
    parser.add_argument("--detour", default="1.35")
    parser.add_argument("--extra-minutes", default="2")
    arguments = parser.parse_args()
    referee = None
    if arguments.referee:
        spec = importlib.util.spec_from_file_location("referee", arguments.referee)
        referee = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(referee)
    options = ["--speed-kmh", arguments.speed_kmh, "--detour", arguments.detour,
               "--extra-minutes", arguments.extra_minutes]
    names = sorted(path.name.removesuffix(".requests.json") for path in arguments.folder.glob("*.requests.json"))
    for name in names:
        if arguments.only and name != arguments.only:
            continue
        week = Week(arguments.folder, name, options)
        runs = [json.loads(week.bench(arguments.kezek, "--rooms", "--repairs", "--json"))
                for _ in range(arguments.rounds)]
        tell(week, medians(runs))
        answers = Answers(week, arguments.kezek, referee)
        if arguments.places:
            others(week, answers, arguments.places, referee)
        if arguments.scratch == name:
            scratch(week, answers, referee)


if __name__ == "__main__":
    sys.exit(main())
