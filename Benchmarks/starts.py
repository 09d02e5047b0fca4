#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whether plans with lunches are taken for a start, beside VROOM.

usage: starts.py KEZEK PROBLEM PLAN [PROBLEM PLAN ...]

Every route of a plan with a lunch is a problem of its own: its crew, its visits, its lunch. VROOM's plan mode says whether
it finds the route feasible; then both are given the route as the start of a search. pyvroom is a package of PyPI.
"""
import json, pathlib, subprocess, sys, tempfile

import numpy
import vroom


def alone(problem, route):
    """The problem of one route."""
    ids = {step["id"] for step in route["steps"] if step["type"] == "job"}
    return dict(problem, vehicles=[vehicle for vehicle in problem["vehicles"] if vehicle["id"] == route["vehicle"]],
                jobs=[job for job in problem["jobs"] if job["id"] in ids])


def windows(entry):
    return [vroom.TimeWindow(*window) for window in entry.get("time_windows", [])]


def input_for_vroom(problem, route):
    input = vroom.Input()
    input.set_durations_matrix(
        "car", numpy.array(problem["matrices"]["car"]["durations"], dtype=numpy.uint32))
    vehicle = problem["vehicles"][0]
    steps = [vroom.VehicleStepStart()]
    for step in route["steps"]:
        if step["type"] == "job":
            steps.append(vroom.VehicleStepSingle(step["id"]))
        elif step["type"] == "break":
            steps.append(vroom.VehicleStepBreak(step["id"]))
    steps.append(vroom.VehicleStepEnd())
    input.add_vehicle(vroom.Vehicle(
        vehicle["id"], start=vehicle["start_index"], end=vehicle["end_index"], skills=set(vehicle["skills"]),
        time_window=vroom.TimeWindow(*vehicle["time_window"]), steps=steps,
        breaks=[vroom.Break(lunch["id"], windows(lunch), lunch["service"]) for lunch in vehicle["breaks"]]))
    for job in problem["jobs"]:
        input.add_job(vroom.Job(
            job["id"], job["location_index"], default_service=job["service"], skills=set(job["skills"]),
            time_windows=windows(job)))
    return input


def main():
    kezek, files = sys.argv[1], sys.argv[2:]
    if not files or len(files) % 2:
        sys.exit(__doc__)
    routes = feasible = refused_by_vroom = refused_by_kezek = 0
    reasons = {}
    for problem_file, plan_file in zip(files[::2], files[1::2]):
        whole = json.loads(pathlib.Path(problem_file).read_text())
        for route in json.loads(pathlib.Path(plan_file).read_text())["routes"]:
            if not any(step["type"] == "break" for step in route["steps"]):
                continue
            routes += 1
            problem = alone(whole, route)
            checked = input_for_vroom(problem, route).check().to_dict()
            if checked["summary"].get("violations") or checked["unassigned"]:
                continue
            feasible += 1
            try:
                answer = input_for_vroom(problem, route).solve(exploration_level=0, nb_threads=1).to_dict()
                if answer["unassigned"]:
                    sys.exit(f"VROOM leaves {answer['unassigned']} out")
            except Exception as refusal:
                refused_by_vroom += 1
                kind = f"{type(refusal).__name__}: {refusal}".rstrip(".0123456789 ")
                reasons[kind] = reasons.get(kind, 0) + 1
            with tempfile.TemporaryDirectory() as folder:
                paths = [pathlib.Path(folder) / name for name in ("problem.json", "plan.json")]
                paths[0].write_text(json.dumps(problem))
                paths[1].write_text(json.dumps({"routes": [route]}))
                out = subprocess.run(
                    [kezek, "visits", "solve", str(paths[0]), "--start", str(paths[1]), "--steps", "0", "--json"],
                    check=True, capture_output=True, text=True).stdout
                refused_by_kezek += bool(json.loads(out)["notTakenOver"])
    print(f"{routes} routes with a lunch, {feasible} of them feasible by VROOM's plan mode; refused as a start: "
          f"by VROOM {refused_by_vroom}, by kezek {refused_by_kezek}")
    for kind, count in sorted(reasons.items()):
        print(f"  {count} times {kind}")


if __name__ == "__main__":
    main()
