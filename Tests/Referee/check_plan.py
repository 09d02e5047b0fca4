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


class Unreadable(Exception):
    """A file that is not what it should be."""


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
        self.underway = 0
        self.driven_at_leisure = 0
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
            self.underway += way
            self.free += max(0, way - self.driven_at_leisure)
        self.driven_at_leisure = 0
        self.here = there

    def recall(self, entry, there):
        """Has been where it was, until it was free."""
        if there is None:
            self.driven_at_leisure += max(0, entry["start"] - self.free)
        else:
            self.arrive(there)
        self.free = entry["end"]

    def begin(self, step, what):
        """The stated second at which a step begins, which must not come before the crew does."""
        stated = step["arrival"] + step.get("waiting_time", 0)
        if step.get("waiting_time", 0) < 0:
            self.complain(f"{what} waits less than nothing")
        if step["arrival"] < self.free:
            self.complain(f"{what} at {step['arrival']}, but the crew is free at {self.free}")
        return max(stated, self.free)


def within(moment, windows):
    return not windows or any(first <= moment <= last for first, last in windows)


class Week:
    """A problem of visits, and what a plan does to it."""

    def __init__(self, problem):
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
        days = {}
        named = {route["vehicle"] for route in plan["routes"]}
        silent = [{"vehicle": number, "steps": []} for number, vehicle in self.vehicles.items()
                  if number not in named and self.behind(vehicle)]
        for route in plan["routes"] + silent:
            vehicle = self.vehicles.get(route["vehicle"])
            if vehicle is None:
                self.faults.append(f"vehicle {route['vehicle']} is unknown")
                continue
            self.follow(route, vehicle)
            name = (vehicle["id"],) if vehicle.get("crew") is None or vehicle.get("day") is None \
                else (vehicle["crew"], vehicle["day"])
            days.setdefault(name, []).append(vehicle["id"])
        for name, used in days.items():
            if len(used) > 1:
                self.faults.append(f"{name} works in {len(used)} routes: {used}")
        self.look_for_lost(plan)
        if published is not None:
            self.compare(published)
        return self.faults

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
            job = self.jobs[each["id"]] if each["type"] == "job" else None
            crew.recall(each, job and job["location_index"])
            if job and not each.get("in_vain"):
                count += 1
                loads.append(job.get("delivery", []))
                if job["id"] in self.paid:
                    crew.complain(f"job {job['id']} is paid twice")
                self.paid[job["id"]] = vehicle["id"]
            elif not job:
                breaks.pop(each["id"], None)
        # A break that could only have been before is not asked for.
        crew.excused = {number for number, each in breaks.items() if begun and each.get("time_windows")
                        and all(last < crew.free for _, last in each["time_windows"])}
        is_over = bool(behind) and all(step["type"] != "job" for step in steps)
        came_back = vehicle.get("end_index") is None or is_over
        for index, step in enumerate(steps):
            if step["type"] == "job":
                count += 1
                loads.append(self.pay(step, crew))
            elif step["type"] == "break":
                self.rest(step, breaks, crew)
            elif step["type"] == "end" and index == len(steps) - 1:
                crew.arrive(vehicle.get("end_index"))
                crew.free = crew.begin(step, "the end")
                came_back = True
            else:
                crew.complain(f"a step '{step['type']}' in the wrong place")
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


class Instance:
    """Customers around a depot: rows of x, y, demand, opens, closes, service."""

    def __init__(self, text, count):
        self.vehicles = None
        if "EDGE_WEIGHT_TYPE" in text:
            self.read_sections(text)
        else:
            self.read_rows(text)
        self.count = count or ("whole" if self.rows[0][4] == math.inf else "one-decimal")

    def read_rows(self, text):
        """Solomon's text: a line of two numbers, then lines of seven."""
        self.rows = []
        for line in text.splitlines()[1:]:
            try:
                numbers = [float(word) for word in line.split()]
            except ValueError:
                continue
            if len(numbers) == 2:
                self.vehicles = int(numbers[0]) or None
                self.capacity = numbers[1]
            elif len(numbers) == 7:
                (_, x, y, demand, opens, closes, service) = numbers
                self.rows.append((x, y, demand, opens, closes, service))
        if not self.rows:
            raise Unreadable("no row of seven numbers")

    def read_sections(self, text):
        """VRPLIB's text, with coordinates."""
        (keys, sections, current) = ({}, {}, None)
        for line in text.splitlines():
            words = line.split()
            if not words or words[0] == "EOF":
                continue
            if ":" in line:
                (key, _, value) = line.partition(":")
                keys[key.strip()] = value.strip()
            elif words[0][0].isalpha():
                current = sections.setdefault(words[0], [])
            else:
                current.append([float(word) for word in words])
        if keys["EDGE_WEIGHT_TYPE"] != "EUC_2D":
            raise Unreadable("only coordinates are judged")
        self.capacity = float(keys["CAPACITY"])
        self.vehicles = int(keys["VEHICLES"]) if "VEHICLES" in keys else None

        def column(name, index, usual):
            found = {row[0]: row[index] for row in sections.get(name, [])}
            return [found.get(node, usual) for node in range(1, int(keys["DIMENSION"]) + 1)]
        service = float(keys.get("SERVICE_TIME", 0))
        self.rows = list(zip(
            column("NODE_COORD_SECTION", 1, None), column("NODE_COORD_SECTION", 2, None),
            column("DEMAND_SECTION", 1, None), column("TIME_WINDOW_SECTION", 1, 0),
            column("TIME_WINDOW_SECTION", 2, math.inf),
            column("SERVICE_TIME_SECTION", 1, service)))

    def way(self, one, other):
        """A distance, as this kind of instance counts it, in whole numbers of its smallest part."""
        plain = math.dist(self.rows[one][:2], self.rows[other][:2])
        return {"one-decimal": lambda: math.floor(plain * 10 + 1e-9) / 10,
                "whole": lambda: math.floor(plain + 0.5), "plain": lambda: plain}[self.count]()

    def judge(self, text):
        faults = []
        customers = []
        (total, stated, used) = (0, None, 0)
        for line in text.splitlines():
            (head, _, tail) = line.partition(":")
            if line.lower().startswith("cost"):
                stated = float(line.split()[-1])
            if not head.lower().startswith("route"):
                continue
            route = [int(word) for word in tail.split()]
            used += 1
            customers += route
            if any(not 0 < customer < len(self.rows) for customer in route):
                faults.append(f"{head}: a customer is unknown")
                continue
            if sum(self.rows[customer][2] for customer in route) > self.capacity:
                faults.append(f"{head}: more than {self.capacity}")
            now = self.rows[0][3]
            for here, there in itertools.pairwise([0, *route, 0]):
                total += self.way(here, there)
                now = max(now + self.way(here, there), self.rows[there][3])
                if now > self.rows[there][4] + 1e-6:
                    faults.append(f"{head}: at {there} at {now}, it closes at {self.rows[there][4]}")
                now += self.rows[there][5] if there else 0
        if sorted(customers) != list(range(1, len(self.rows))):
            faults.append("not each customer is there once")
        if self.vehicles is not None and used > self.vehicles:
            faults.append(f"{used} routes, {self.vehicles} vehicles")
        if stated is None or abs(stated - total) > 1e-5 * max(1, total):
            faults.append(f"the distance is {total}, not {stated}")
        self.travel = total
        return faults


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
