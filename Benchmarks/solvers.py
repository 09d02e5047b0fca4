#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How good plans are after the same time: kezek, PyVRP, OR-Tools and VROOM, one after the other in one run.

usage: solvers.py KEZEK FOLDER [--seconds 10] [--seeds 3] [--only NAME ...] [--others pyvrp ortools vroom]
                  [--referee FILE]

FOLDER is that of visits.py. Each instance of Solomon or of Gehring and Homberger, and each week from nothing, is
given to every solver with each seed; OR-Tools and VROOM know no seed and are run once. Seconds are those of the
processor for PyVRP and OR-Tools, from the call of the search on a model that is ready, and of the clock for kezek,
which has less of them where other programs run. VROOM has no such budget: it searches at exploration 5 until it
is done, or for a minute. What is told is the gap to the best that
is known, and of a week the seconds on the way. Every plan of an instance is driven anew here and refused if it breaks
a window, a load or a due time; those of weeks are judged by --referee, a Python file with `check_json(problem, plan)`.

The others are packages of PyPI: pyvroom, ortools, pyvrp. All have one thread.
"""
import argparse, csv, datetime, importlib.util, json, pathlib, statistics, subprocess, sys, tempfile, time

import placements

VROOM_SECONDS = 60


class Instance:
    """A text instance of Solomon's shape, in tenths: every distance is cut to one decimal."""

    def __init__(self, path):
        rows = [line.split() for line in path.read_text().splitlines()]
        numbers = [[int(word) for word in row] for row in rows if row and all(word.isdigit() for word in row)]
        (self.vehicles, self.capacity), customers = numbers[0], numbers[1:]
        self.size = len(customers)
        self.demand = [row[3] for row in customers]
        self.opens, self.closes = [row[4] * 10 for row in customers], [row[5] * 10 for row in customers]
        self.service = [row[6] * 10 for row in customers]
        points = [(row[1], row[2]) for row in customers]
        self.ways = [[int((((a - c) ** 2 + (b - d) ** 2) ** 0.5) * 10 + 1e-9) for c, d in points] for a, b in points]

    def length(self, routes):
        """The length of routes, each customer's number once, without the depot."""
        seen, total = set(), 0
        if len(routes) > self.vehicles:
            sys.exit(f"{len(routes)} routes for {self.vehicles} vehicles")
        for route in routes:
            now, here, load = self.opens[0], 0, 0
            for customer in [*route, 0]:
                total += self.ways[here][customer]
                now = max(now + self.service[here] + self.ways[here][customer], self.opens[customer])
                if now > self.closes[customer]:
                    sys.exit(f"customer {customer} is late")
                load, here = load + self.demand[customer], customer
            if load > self.capacity or not seen.isdisjoint(route):
                sys.exit("a route has too much load, or a customer twice")
            seen.update(route)
        if len(seen) != self.size - 1:
            sys.exit("a customer is left out")
        return total / 10


class Solvers:
    """Each solves an instance, to routes of customers, or a week, to a plan in VROOM's shape."""

    def __init__(self, kezek, seconds):
        self.kezek, self.seconds = kezek, seconds

    def limit(self):
        began = time.process_time()
        return lambda *_: time.process_time() - began >= self.seconds

    def kezek_solve(self, file, seed, ending, *more):
        with tempfile.TemporaryDirectory() as folder:
            output = pathlib.Path(folder) / f"plan.{ending}"
            subprocess.run(
                [self.kezek, "visits", "solve", str(file), "--seconds", str(self.seconds), "--seed", str(seed),
                 "--output", str(output), *more], check=True, capture_output=True)
            return output.read_text()

    def kezek_instance(self, file, instance, seed):
        text = self.kezek_solve(file, seed, "sol")
        return [[int(word) for word in line.split(":")[1].split()]
                for line in text.splitlines() if line.startswith("Route")]

    def kezek_week(self, file, problem, seed):
        return json.loads(self.kezek_solve(file, seed, "json"))

    def pyvrp_search(self, data, seed):
        import pyvrp
        found = pyvrp.solve(data, stop=self.limit(), seed=seed, collect_stats=False, display=False)
        return found.best if found.is_feasible() else None

    def pyvrp_instance(self, file, instance, seed):
        import numpy, pyvrp
        clients = [
            pyvrp.Client(location=number, delivery=[instance.demand[number]], service_duration=instance.service[number],
                         tw_early=instance.opens[number], tw_late=instance.closes[number])
            for number in range(1, instance.size)]
        ways = numpy.array(instance.ways)
        data = pyvrp.ProblemData(
            [pyvrp.Location(0, 0) for _ in range(instance.size)], clients, [pyvrp.Depot(location=0)],
            [pyvrp.VehicleType(num_available=instance.vehicles, capacity=[instance.capacity],
                               tw_early=instance.opens[0], tw_late=instance.closes[0])], [ways], [ways])
        found = self.pyvrp_search(data, seed)
        return found and [[visit.idx + 1 for visit in route if visit.is_client()] for route in found.routes()]

    def pyvrp_week(self, file, problem, seed):
        data, jobs, vehicles = placements.pyvrp_data(problem)
        found = self.pyvrp_search(data, seed)
        return found and placements.timed(problem, placements.pyvrp_order(found, jobs, vehicles))

    def ortools_search(self, model):
        from ortools.constraint_solver import routing_enums_pb2, pywrapcp
        parameters = pywrapcp.DefaultRoutingSearchParameters()
        parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
        parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        parameters.time_limit.FromTimedelta(datetime.timedelta(seconds=30 * self.seconds))
        model.CloseModelWithParameters(parameters)
        model.AddSearchMonitor(model.solver().CustomLimit(self.limit()))
        return model.SolveWithParameters(parameters)

    def ortools_instance(self, file, instance, seed):
        from ortools.constraint_solver import pywrapcp
        manager = pywrapcp.RoutingIndexManager(instance.size, instance.vehicles, 0)
        model = pywrapcp.RoutingModel(manager)
        model.SetArcCostEvaluatorOfAllVehicles(model.RegisterTransitMatrix(instance.ways))
        spent = [[way + instance.service[row] for way in ways] for row, ways in enumerate(instance.ways)]
        model.AddDimension(
            model.RegisterTransitMatrix(spent), instance.closes[0], instance.closes[0], False, "time")
        model.AddDimension(
            model.RegisterUnaryTransitVector(instance.demand), 0, instance.capacity, True, "load")
        times = model.GetDimensionOrDie("time")
        for number in range(1, instance.size):
            times.CumulVar(manager.NodeToIndex(number)).SetRange(instance.opens[number], instance.closes[number])
        found = self.ortools_search(model)
        return found and placements.ortools_order(model, manager, found, instance.vehicles)

    def ortools_week(self, file, problem, seed):
        model, manager, node = placements.ortools_model(problem)
        found = self.ortools_search(model)
        if not found:
            return None
        id_of = {manager.IndexToNode(index): id for id, index in node.items()}
        routes = placements.ortools_order(model, manager, found, len(problem["vehicles"]), keep_empty=True)
        return placements.timed(problem, {
            vehicle["id"]: [id_of[number] for number in route] for vehicle, route in zip(problem["vehicles"], routes)})

    def vroom_search(self, input):
        return input.solve(
            exploration_level=5, nb_threads=1, timeout=datetime.timedelta(seconds=VROOM_SECONDS)).to_dict()

    def vroom_instance(self, file, instance, seed):
        import numpy, vroom
        input = vroom.Input()
        input.set_durations_matrix("car", numpy.array(instance.ways, dtype=numpy.uint32))
        hours = vroom.TimeWindow(instance.opens[0], instance.closes[0])
        for number in range(instance.vehicles):
            input.add_vehicle(
                vroom.Vehicle(number, start=0, end=0, capacity=[instance.capacity], time_window=hours))
        for number in range(1, instance.size):
            input.add_job(vroom.Job(
                number, number, default_service=instance.service[number], delivery=[instance.demand[number]],
                time_windows=[vroom.TimeWindow(instance.opens[number], instance.closes[number])]))
        answer = self.vroom_search(input)
        if answer["unassigned"]:
            return None
        return [[step["id"] for step in route["steps"] if step["type"] == "job"] for route in answer["routes"]]

    def vroom_week(self, file, problem, seed):
        answer = self.vroom_search(placements.vroom_input(problem))
        return None if answer["unassigned"] else answer

    def has_seeds(self, name):
        return name in ("kezek", "pyvrp")


def referee(path):
    spec = importlib.util.spec_from_file_location("referee", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def travel(problem, plan, judge):
    if judge:
        errors = judge.check_json(problem, plan)["errors"]
        if errors:
            sys.exit(f"the referee: {errors[:3]}")
    return sum(route["duration"] for route in plan["routes"])


def runs(solvers, name, seeds, kind, file, problem, value):
    told, times = [], []
    for seed in range(1, (seeds if solvers.has_seeds(name) else 1) + 1):
        began = time.process_time()
        answer = getattr(solvers, f"{name}_{kind}")(file, problem, seed)
        times.append(time.process_time() - began)
        told.append(value(answer) if answer else None)
    return told, times


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("kezek")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", nargs="+")
    parser.add_argument("--others", nargs="*", default=["pyvrp", "ortools", "vroom"])
    parser.add_argument("--referee", type=pathlib.Path)
    arguments = parser.parse_args()
    solvers = Solvers(arguments.kezek, arguments.seconds)
    names = ["kezek", *arguments.others]
    with open(arguments.folder / "best_known.csv") as file:
        rows = [row for row in csv.DictReader(line for line in file if not line.startswith("#"))]
    groups = {}
    for row in rows:
        name = row["instance"]
        if not row["distance_only_distance"] or "." in name or arguments.only and name not in arguments.only:
            continue
        file = arguments.folder / f"instances/{name}.txt"
        instance, best = Instance(file), float(row["distance_only_distance"])
        for solver in names:
            gaps, times = runs(solvers, solver, arguments.seeds, "instance", file, instance,
                               lambda routes: 100 * (instance.length(routes) / best - 1))
            good = [gap for gap in gaps if gap is not None]
            groups.setdefault(("Gehring" if "_" in name else "Solomon", solver), []).append(
                statistics.mean(good) if good else None)
            print(f"{name:10} {solver:8} gap {' '.join('none' if gap is None else f'{gap:.2f}' for gap in gaps)} %"
                  + (f"  in {max(times):.1f} s" if solver == "vroom" else ""), flush=True)
    judge = referee(arguments.referee) if arguments.referee else None
    for file in sorted(arguments.folder.glob("weeks/*.plan.json")):
        file = file.with_name(file.name.replace(".plan", ""))
        if arguments.only and file.stem not in arguments.only:
            continue
        problem = json.loads(file.read_text())
        for solver in names:
            ways, times = runs(solvers, solver, arguments.seeds, "week", file, problem,
                               lambda plan: travel(problem, plan, judge))
            print(f"{file.stem:10} {solver:8} travel {' '.join('none' if way is None else f'{way:.0f}' for way in ways)} s"
                  + (f"  in {max(times):.1f} s" if solver == "vroom" else ""), flush=True)
    print()
    for (group, solver), gaps in groups.items():
        left = sum(gap is None for gap in gaps)
        good = [gap for gap in gaps if gap is not None]
        mean = f"{statistics.mean(good):.3f} %" if good else "none"
        print(f"{group:8} {solver:8} mean gap {mean}" + (f", no plan for {left}" if left else ""))


main()
