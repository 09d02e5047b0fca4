#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Judges a plan of visits from outside, with nothing but Python's standard library.

    check_plan.py PROBLEM PLAN [--published PLAN] [--count one-decimal|whole|plain]
    check_plan.py --many FILE

PROBLEM is VROOM-shaped JSON with travel times, Solomon's text, or VRPLIB's with coordinates; PLAN is
VROOM-shaped JSON or, of the texts, .sol. Each crew is sent along its route again, at the times that the
plan states. Every fault is a line. The status is 0 without a fault, 1 with one, and 2 if a file cannot
be read. FILE has a line of JSON for each of many plans, with `problem`, `plan` and `travel`, the seconds
on the way that it is said to have; visits that must be paid may be left out there. What a vehicle has `begun`
has happened: it is no fault, need not be repeated, and the crew goes on from there. It shares no code
with Kezek, which judges the same with a planner and a checker of its own.
"""
import argparse
import itertools
import json
import math
import pathlib
import sys

from instances import Instance, Unreadable


def load(path):
    """The JSON of a file, or its text."""
    text = pathlib.Path(path).read_text(encoding="utf-8")
    return json.loads(text) if text.lstrip().startswith("{") else text


class Crew:
    """A crew on its way: where it is, when it is free, and what it could drive meanwhile."""

    def __init__(self, vehicle, matrix, leaves):
        self.vehicle = vehicle
        self.matrix = matrix
        self.faults = []
        self.here = vehicle.get("start_index")
        (self.opens, self.closes) = vehicle.get("time_window", [-math.inf, math.inf])
        self.free = self.opens if leaves is None else leaves
        self.began = self.free
        self.underway = 0
        self.driven_at_leisure = 0
        # Of such a way only the begin of what comes next is judged: it was planned a moment before.
        self.leaves_late = False
        if self.free < self.opens:
            self.complain(f"sets out at {self.free}, before {self.opens}")

    def complain(self, what):
        self.faults.append(f"vehicle {self.vehicle['id']}: {what}")

    def arrive(self, there):
        """Drives on; the way may have been begun before a break."""
        if there is None:
            return
        if self.here is not None:
            way = 0 if self.here == there else self.matrix[self.here][there]
            if way is None:
                self.complain(f"there is no way from {self.here} to {there}")
                way = 0
            self.underway += way
            self.free += max(0, way - self.driven_at_leisure)
        self.driven_at_leisure = 0
        self.here = there

    def recall(self, entry, there):
        """Has been where it was, until it was free; how it came there is no matter if there is no way."""
        if there is None:
            self.driven_at_leisure += max(0, entry["start"] - self.free)
        else:
            if self.has_way(there):
                self.arrive(there)
            (self.here, self.driven_at_leisure) = (there, 0)
            self.began = min(self.began, entry.get("arrival", entry["start"]))
        self.free = entry["end"]

    def has_way(self, there):
        if None in (self.here, there) or self.here == there:
            return True
        return self.matrix[self.here][there] is not None

    def wait_until(self, moment):
        """Sets out for nothing before a moment, so that what it could have driven until then does not count."""
        if self.free < moment:
            (self.free, self.driven_at_leisure) = (moment, 0)
            self.leaves_late = True

    def begin(self, step, what):
        """The stated second at which a step begins, which must not come before the crew does."""
        stated = step["arrival"] + step.get("waiting_time", 0)
        if step.get("waiting_time", 0) < 0:
            self.complain(f"{what} waits less than nothing")
        there = stated if self.leaves_late else step["arrival"]
        self.leaves_late = False
        if there < self.free:
            self.complain(f"{what} at {there}, but the crew is free at {self.free}")
        return max(stated, self.free)


def within(moment, windows):
    return not windows or any(first <= moment <= last for first, last in windows)


class Week:
    """A problem of visits, and what a plan does to it."""

    def __init__(self, problem):
        self.now = problem.get("now")
        self.jobs = {job["id"]: job for job in problem.get("jobs", [])}
        self.vehicles = {vehicle["id"]: vehicle for vehicle in problem["vehicles"]}
        if len(self.jobs) != len(problem.get("jobs", [])):
            raise Unreadable("a job is there twice")
        self.matrices = ({name: each["durations"] for name, each in problem["matrices"].items()}
                         if "matrices" in problem else {"car": problem["matrix"]})

    def judge(self, plan, published):
        self.faults = []
        self.paid = {}
        self.travel = 0
        at_work = []
        named = {route["vehicle"] for route in plan["routes"]}
        silent = [{"vehicle": number, "steps": []} for number, vehicle in self.vehicles.items()
                  if number not in named and self.is_out(vehicle)]
        for route in plan["routes"] + silent:
            vehicle = self.vehicles.get(route["vehicle"])
            if vehicle is None:
                self.faults.append(f"vehicle {route['vehicle']} is unknown")
                continue
            (began, ended) = self.follow(route, vehicle)
            if self.is_out(vehicle) or any(step["type"] == "job" for step in route["steps"]):
                at_work.append((vehicle, began, ended))
        for one, other in itertools.combinations(at_work, 2):
            self.look_at_crew(*one, *other)
        self.look_for_lost(plan)
        if published is not None:
            self.compare(published)
        return self.faults

    def look_at_crew(self, one, began, ended, other, other_began, other_ended):
        """No vehicle has two routes; no crew works twice on one day, or is in two places at once."""
        names = f"vehicles {one['id']} and {other['id']}"
        if one["id"] == other["id"]:
            self.faults.append(f"vehicle {one['id']} has two routes")
        elif one.get("crew") is not None and one["crew"] == other.get("crew"):
            if one.get("day") is not None and one["day"] == other.get("day"):
                self.faults.append(f"{names}: their crew works twice on one day")
            if max(began, other_began) < min(ended, other_ended):
                self.faults.append(f"{names}: their crew is in two places at once")

    @staticmethod
    def is_out(vehicle):
        """Whether its crew has been with somebody, be it in vain."""
        return any(each["type"] == "job" for each in vehicle.get("begun", []))

    @staticmethod
    def behind(vehicle):
        """What a vehicle's route begins with."""
        return [(each["type"], each["id"]) for each in vehicle.get("begun", [])
                if not each.get("in_vain")]

    def follow(self, route, vehicle):
        steps = list(route["steps"])
        (begun, behind) = (vehicle.get("begun", []), self.behind(vehicle))
        leaves = None
        if steps and steps[0]["type"] == "start":
            first = steps.pop(0)
            if not begun:
                leaves = first["arrival"] + first.get("waiting_time", 0)
        elif vehicle.get("start_index") is not None and not begun:
            self.faults.append(f"vehicle {vehicle['id']}: does not set out where it should")
        crew = Crew(vehicle, self.matrices[vehicle.get("profile", "car")], leaves)
        breaks = {each["id"]: each for each in vehicle.get("breaks", [])}
        loads = []
        count = 0
        names = [(step["type"], step.get("id")) for step in steps]
        repeats = names[:len(behind)] == behind
        if repeats:
            steps = steps[len(behind):]
        elif set(names) & set(behind):
            crew.complain("does not begin with what it has begun")
        for each in begun:
            job = self.jobs.get(each["id"]) if each["type"] == "job" else None
            crew.recall(each, each.get("location_index", job and job["location_index"]))
            if job and not each.get("in_vain"):
                count += 1
                loads.append(job.get("delivery", []))
                if job["id"] in self.paid:
                    crew.complain(f"job {job['id']} is paid twice")
                self.paid[job["id"]] = vehicle["id"]
            elif each["type"] == "break":
                breaks.pop(each["id"], None)
        # A break whose windows were over before the crew was free is not asked for, if one of them was within
        # its hours.
        freed = crew.free if begun else -math.inf
        if self.now is not None:
            freed = max(self.now, freed, crew.opens)
        crew.excused = {number for number, each in breaks.items() if each.get("time_windows")
                        and all(last < freed for _, last in each["time_windows"])
                        and any(last >= crew.opens for _, last in each["time_windows"])}
        is_over = bool(begun) and all(step["type"] != "job" for step in steps)
        came_back = vehicle.get("end_index") is None or is_over
        for index, step in enumerate(steps):
            if step["type"] == "job":
                if self.now is not None and all(each["type"] != "job" for each in steps[:index]):
                    crew.wait_until(self.now)
                count += 1
                loads.append(self.pay(step, crew))
            elif step["type"] == "break":
                self.rest(step, breaks, crew)
            elif step["type"] == "end" and index == len(steps) - 1:
                came_back = True
                if is_over and not crew.has_way(vehicle.get("end_index")):
                    continue
                crew.arrive(vehicle.get("end_index"))
                crew.free = crew.begin(step, "the end")
            else:
                crew.complain(f"a step '{step['type']}' in the wrong place")
        if is_over and not (steps and steps[-1]["type"] == "end") \
                and crew.has_way(vehicle.get("end_index")):
            crew.arrive(vehicle.get("end_index"))
        if not came_back:
            crew.complain("does not come back")
        if crew.free > crew.closes and not is_over:
            crew.complain(f"is at work until {crew.free}, its hours end at {crew.closes}")
        if count and not is_over:
            for missing in breaks.keys() - crew.excused:
                crew.complain(f"takes no break {missing}")
        if count > vehicle.get("max_tasks", math.inf):
            crew.complain(f"pays {count} visits")
        for limit, amounts in zip(vehicle.get("capacity", []),
                                  itertools.zip_longest(*loads, fillvalue=0)):
            if sum(amounts) > limit:
                crew.complain(f"carries {sum(amounts)}, at most {limit} go in")
        told = repeats and not any(each.get("in_vain") for each in begun)
        if told and "duration" in route and route["duration"] != crew.underway:
            crew.complain(f"is underway for {crew.underway}, not {route['duration']}")
        self.travel += crew.underway
        self.faults += crew.faults
        return crew.began, min(crew.free, max(crew.began, crew.closes)) if is_over else crew.free

    def pay(self, step, crew):
        job = self.jobs.get(step["id"])
        if job is None:
            crew.complain(f"job {step['id']} is unknown")
            return []
        name = f"job {job['id']}"
        if job["id"] in self.paid:
            crew.complain(f"{name} is paid twice")
        self.paid[job["id"]] = crew.vehicle["id"]
        comes_from = crew.here
        crew.arrive(job["location_index"])
        begins = crew.begin(step, name)
        if not within(begins, job.get("time_windows")):
            crew.complain(f"{name} begins at {begins}, outside {job['time_windows']}")
        promise = job.get("promised")
        if promise and not within(begins, [promise["window"]]):
            crew.complain(f"{name} begins at {begins}, promised was {promise['window']}")
        if promise and promise.get("vehicles") and crew.vehicle["id"] not in promise["vehicles"]:
            crew.complain(f"{name} was promised to vehicles {promise['vehicles']}")
        set_up = 0 if comes_from == job["location_index"] else job.get("setup", 0)
        crew.free = begins + set_up + job.get("service", 0)
        if crew.free > job.get("due", math.inf):
            crew.complain(f"{name} is done at {crew.free}, due was {job['due']}")
        if set(job.get("skills", [])) - set(crew.vehicle.get("skills", [])):
            crew.complain(f"{name} needs other skills")
        if crew.vehicle["id"] in job.get("forbidden_vehicles", []):
            crew.complain(f"{name} must not be paid by it")
        if crew.vehicle["id"] not in job.get("allowed_vehicles", [crew.vehicle["id"]]):
            crew.complain(f"{name} may only be paid by others")
        return job.get("delivery", [])

    def rest(self, step, breaks, crew):
        rest = breaks.pop(step["id"], None)
        if rest is None:
            crew.complain(f"break {step['id']} is unknown or taken already")
            return
        begins = crew.begin(step, f"break {rest['id']}")
        if rest["id"] not in crew.excused and not within(begins, rest.get("time_windows")):
            crew.complain(f"break {rest['id']} begins at {begins}, outside {rest['time_windows']}")
        crew.driven_at_leisure += begins - crew.free
        crew.free = begins + rest.get("service", 0)

    def look_for_lost(self, plan):
        left = [each["id"] for each in plan.get("unassigned", [])]
        for job in self.jobs.values():
            name = f"job {job['id']}"
            said = left.count(job["id"]) + (job["id"] in self.paid)
            if said != 1:
                self.faults.append(f"{name} is told {said} times")
            if job["id"] not in self.paid and job.get("required", "promised" in job):
                self.faults.append(f"{name} must be paid and is not")
        for number in left:
            if number not in self.jobs:
                self.faults.append(f"job {number} is unassigned and unknown")

    def compare(self, published):
        before = {step["id"]: route["vehicle"] for route in published["routes"]
                  for step in route["steps"] if step["type"] == "job"}
        for number, vehicle in before.items():
            if self.jobs.get(number, {}).get("fixed") and self.paid.get(number) != vehicle:
                self.faults.append(f"job {number} is fixed and was moved")


def judge_many(path):
    """Judges each line of a file; a visit that must be paid and is not is no fault of its own."""
    (count, wrong) = (0, 0)
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        week = Week(case["problem"])
        faults = [fault for fault in week.judge(case["plan"], None)
                  if not fault.endswith("must be paid and is not")]
        if week.travel != case["travel"]:
            faults.append(f"{week.travel} on the way, not {case['travel']}")
        count += 1
        if faults:
            wrong += 1
            print(f"{count}: {'; '.join(faults)}")
    print(f"{count} plans, {wrong} wrong")
    return 1 if wrong else 0


def main():
    if sys.argv[1:2] == ["--many"]:
        return judge_many(sys.argv[2])
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("problem")
    parser.add_argument("plan")
    parser.add_argument("--published")
    parser.add_argument("--count", choices=["one-decimal", "whole", "plain"])
    asked = parser.parse_args()
    try:
        (problem, plan) = (load(asked.problem), load(asked.plan))
        if isinstance(problem, dict):
            judge = Week(problem)
            faults = judge.judge(plan, load(asked.published) if asked.published else None)
        else:
            judge = Instance(problem, asked.count)
            faults = judge.judge(plan)
    except (Unreadable, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 2
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults, {round(judge.travel, 6)} on the way")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
