# SPDX-License-Identifier: Apache-2.0
"""Has VROOM and vrplib read what Kezek writes, and judges what VROOM plans.

    plans.py KEZEK WORK-FOLDER
"""
import json, os, random, subprocess, sys

import vroom, vrplib

SMALL, LARGE, INSTANCES = 120, 8, 10


def kezek(program, *words, fails=False):
    done = subprocess.run([program, "visits", *words], capture_output=True, text=True)
    if done.returncode != 0 and not fails:
        sys.exit(f"kezek visits {' '.join(words)}: {done.stderr}")
    return done.stdout


def save(path, value):
    with open(path, "w") as out:
        json.dump(value, out)


def load(path):
    with open(path) as file:
        return json.load(file)


# MARK: Random problems

def ways(dice, size):
    """Over a plane, uphill, or each as the dice fall."""
    kind = dice.randrange(3)
    points = [(dice.randrange(800), dice.randrange(800), dice.randrange(300)) for _ in range(size)]

    def way(a, b):
        plain = abs(a[0] - b[0]) + abs(a[1] - b[1])
        return [plain, plain + max(0, b[2] - a[2]), 50 + dice.randrange(1_200)][kind]

    return [[0 if a is b else way(a, b) for b in points] for a in points]


def window(dice, length):
    start = dice.randrange(5_000)
    return [start, start + dice.randrange(length)]


def vehicle(dice, number, places):
    opens = dice.randrange(1_500)
    made = {"id": number, "time_window": [opens, opens + 2_500 + dice.randrange(6_000)]}
    if dice.randrange(6) == 0:
        del made["time_window"]
    if dice.randrange(4):
        made["start_index"] = dice.randrange(places)
    if dice.randrange(4):
        made["end_index"] = dice.randrange(places)
    if dice.randrange(3) == 0:
        made["capacity"] = [1 + dice.randrange(5), 1 + dice.randrange(5)]
    if dice.randrange(2):
        made["skills"] = [1]
    if dice.randrange(4) == 0:
        made["max_tasks"] = 1 + dice.randrange(4)
    if dice.randrange(3) == 0:
        made["profile"] = "foot"
    if dice.randrange(2):
        made["breaks"] = [{"id": i, "service": dice.randrange(600),
                           "time_windows": [window(dice, 2_500)
                                            for _ in range(1 + dice.randrange(2))]}
                          for i in range(1, 2 + dice.randrange(2))]
    return made


def job(dice, number, places, crews):
    made = {"id": number, "location_index": dice.randrange(places), "service": dice.randrange(700)}
    if dice.randrange(3) == 0:
        made["setup"] = dice.randrange(400)
    if dice.randrange(2):
        made["time_windows"] = [window(dice, 2_000) for _ in range(1 + dice.randrange(2))]
    if dice.randrange(4) == 0:
        made["skills"] = [1]
    if dice.randrange(3) == 0:
        made["delivery"] = [dice.randrange(3), dice.randrange(3)]
    if dice.randrange(5) == 0:
        made["due"] = 1_500 + dice.randrange(6_000)
    if dice.randrange(5) == 0:
        made["promised"] = {"window": window(dice, 3_000)}
        # VROOM knows no visit that must be paid before others.
        made["required"] = False
    if dice.randrange(6) == 0:
        made["forbidden_vehicles"] = [1 + dice.randrange(crews)]
    if dice.randrange(6) == 0:
        made["allowed_vehicles"] = [i for i in range(1, crews + 1) if dice.randrange(3)]
    return made


def problem(seed, jobs, crews):
    dice = random.Random(seed)
    places = 2 + dice.randrange(max(4, jobs))
    return {"matrices": {name: {"durations": ways(dice, places)} for name in ("car", "foot")},
            "vehicles": [vehicle(dice, i, places) for i in range(1, crews + 1)],
            "jobs": [job(dice, i, places, crews) for i in range(1, jobs + 1)]}


# MARK: VROOM

def solved(path, target):
    """What VROOM makes of a file: how many jobs it leaves, and seconds on the way."""
    solution = vroom.Input.from_json(path).solve(exploration_level=5, nb_threads=1)
    plan = solution.to_dict() if hasattr(solution, "to_dict") else json.loads(solution.to_json())
    save(target, plan)
    return len(plan.get("unassigned", [])), sum(r["duration"] for r in plan["routes"])


def compare(program, work, seed, jobs, crews, is_small):
    names = ["problem", "plain", "theirs", "ours"]
    path, plain, theirs, ours = (os.path.join(work, f"{n}-{seed}.json") for n in names)
    save(path, problem(seed, jobs, crews))
    kezek(program, "export", path, "--plain", "--output", plain)
    if not load(plain)["vehicles"]:
        return None
    found = solved(plain, theirs)
    # A plan of the plain problem is a plan of the other.
    verdict = kezek(program, "check", path, theirs, "--json", fails=True)
    faults = [f for f in json.loads(verdict).get("faults", [])]
    if faults:
        return f"{seed}: VROOM's plan has {faults}"
    if is_small:
        kezek(program, "solve", plain, "--steps", "300", "--output", ours)
        own = load(ours)
        best = (len(own.get("unassigned", [])), own["summary"]["duration"])
        if found < best:
            return f"{seed}: VROOM leaves {found[0]} with {found[1]} s, Kezek {best}"
    return None


# MARK: vrplib

def instance(dice, size, is_timed):
    nodes = [(dice.randrange(100), dice.randrange(100)) for _ in range(size)]
    lines = ["NAME : random", f"TYPE : {'VRPTW' if is_timed else 'CVRP'}", f"DIMENSION : {size}",
             "EDGE_WEIGHT_TYPE : EUC_2D", "CAPACITY : 30"]
    if is_timed:
        lines += [f"VEHICLES : {size}", "SERVICE_TIME : 10"]
    lines += ["NODE_COORD_SECTION", *(f"{i} {x} {y}" for i, (x, y) in enumerate(nodes, 1)),
              "DEMAND_SECTION", "1 0", *(f"{i} {1 + dice.randrange(9)}" for i in range(2, size + 1))]
    if is_timed:
        lines += ["TIME_WINDOW_SECTION", "1 0 2000"]
        for i in range(2, size + 1):
            opens = dice.randrange(800)
            lines.append(f"{i} {opens} {opens + 400}")
    return "\n".join([*lines, "DEPOT_SECTION", "1", "-1", "EOF", ""])


def solution(program, work, seed, is_timed):
    path, found = os.path.join(work, f"r{seed}.vrp"), os.path.join(work, f"r{seed}.sol")
    size = 12 + 7 * seed
    with open(path, "w") as out:
        out.write(instance(random.Random(seed), size, is_timed))
    kezek(program, "solve", path, "--steps", "300", "--output", found)
    theirs, read = vrplib.read_instance(path), vrplib.read_solution(found)
    paid = sorted(node for route in read["routes"] for node in route)
    if paid != list(range(1, size)):
        return f"{found}: {paid}"
    weights = theirs["edge_weight"]
    cost = 0
    for route in read["routes"]:
        if sum(theirs["demand"][n] for n in route) > theirs["capacity"]:
            return f"{found}: {route} is too much"
        stops = [0, *route, 0]
        cost += sum(weights[a][b] if is_timed else round(weights[a][b])
                    for a, b in zip(stops, stops[1:]))
    if abs(cost - read["cost"]) > 0.1 * size:
        return f"{found}: costs {read['cost']}, by vrplib's weights {cost}"
    return None


def main(program, work):
    small = [compare(program, work, s, 1 + s % 5, 1 + s % 3, True) for s in range(1, SMALL + 1)]
    large = [compare(program, work, 1_000 + s, 30, 4, False) for s in range(LARGE)]
    texts = [solution(program, work, s, s % 2 == 0) for s in range(1, INSTANCES + 1)]
    wrong = [text for text in small + large + texts if text]
    print(f"VROOM: {SMALL} small problems read and no better plan found, {LARGE} larger ones read; "
          f"vrplib: {INSTANCES} solutions read")
    if wrong:
        sys.exit("\n".join(wrong))


main(*sys.argv[1:])
