# SPDX-License-Identifier: Apache-2.0
"""One more visit in a plan, put there by other programs: VROOM, OR-Tools and PyVRP, from PyPI.

Each function takes a problem and a plan in VROOM's shape and one more job with a window in which it is to
start. It returns the seconds of the processor that the search alone takes, on data made ready for it, and a plan in VROOM's shape, or None if
the job has no place in it.
"""
import copy, time


def with_job(problem, job, window):
    """The problem with the job promised for the window; the matrix has its place already."""
    larger = dict(problem)
    asked = dict(job, time_windows=[window], promised={"window": window})
    larger["jobs"] = problem["jobs"] + [asked]
    return larger


def order(plan):
    """The jobs of every vehicle, in their order."""
    return {route["vehicle"]: [step["id"] for step in route["steps"] if step["type"] == "job"]
            for route in plan["routes"]}


def timed(problem, routes):
    """A plan in VROOM's shape from the order of jobs, every vehicle as early as it may."""
    ways = problem["matrices"]["car"]["durations"]
    jobs = {job["id"]: job for job in problem["jobs"]}
    told, assigned = [], set()
    for vehicle in problem["vehicles"]:
        ids = routes.get(vehicle["id"], [])
        if not ids:
            continue
        here, now, travel = vehicle["start_index"], vehicle["time_window"][0], 0
        steps = [{"type": "start", "arrival": now}]
        for id in ids:
            job = jobs[id]
            way = ways[here][job["location_index"]]
            travel, arrival = travel + way, now + way
            start = max(arrival, job["time_windows"][0][0])
            steps.append({"type": "job", "id": id, "arrival": arrival, "waiting_time": start - arrival,
                          "service": job["service"]})
            now, here = start + job["service"], job["location_index"]
            assigned.add(id)
        way = ways[here][vehicle["end_index"]]
        steps.append({"type": "end", "arrival": now + way})
        told.append({"vehicle": vehicle["id"], "steps": steps, "duration": travel + way})
    return {"code": 0, "routes": told,
            "unassigned": [{"id": id, "type": "job"} for id in jobs if id not in assigned]}


def vroom_input(problem, routes={}, last=None):
    """VROOM's model of a problem, which starts at some routes; the job `last` is the first to be left out."""
    import numpy, vroom
    input = vroom.Input()
    input.set_durations_matrix("car", numpy.array(problem["matrices"]["car"]["durations"], dtype=numpy.uint32))
    for vehicle in problem["vehicles"]:
        input.add_vehicle(vroom.Vehicle(
            vehicle["id"], start=vehicle["start_index"], end=vehicle["end_index"], skills=set(vehicle["skills"]),
            time_window=vroom.TimeWindow(*vehicle["time_window"]),
            steps=[vroom.VehicleStepSingle(id) for id in routes.get(vehicle["id"], [])]))
    for one in problem["jobs"]:
        first, end = one["time_windows"][0]
        input.add_job(vroom.Job(
            one["id"], one["location_index"], default_service=one["service"], skills=set(one["skills"]),
            priority=0 if one["id"] == last else 1, time_windows=[vroom.TimeWindow(first, end)]))
    return input


def vroom(problem, plan, job, window, exploration=0):
    """VROOM, which starts at the plan, or at nothing for no plan."""
    input = vroom_input(with_job(problem, job, window), order(plan) if plan else {}, last=job["id"])
    began = time.process_time()
    solution = input.solve(exploration_level=exploration, nb_threads=1)
    took = time.process_time() - began
    answer = solution.to_dict()
    return took, None if answer["unassigned"] else answer


def ortools_model(problem, optional=None):
    """OR-Tools' model of a problem, not closed yet, and the index of every job; one may be left out."""
    from ortools.constraint_solver import pywrapcp
    ways, jobs, vehicles = problem["matrices"]["car"]["durations"], problem["jobs"], problem["vehicles"]
    depots = sorted({place for vehicle in vehicles for place in (vehicle["start_index"], vehicle["end_index"])})
    places = depots + [one["location_index"] for one in jobs]
    service = [0] * len(depots) + [one["service"] for one in jobs]
    manager = pywrapcp.RoutingIndexManager(
        len(places), len(vehicles), [depots.index(vehicle["start_index"]) for vehicle in vehicles],
        [depots.index(vehicle["end_index"]) for vehicle in vehicles])
    model = pywrapcp.RoutingModel(manager)
    model.SetArcCostEvaluatorOfAllVehicles(
        model.RegisterTransitMatrix([[ways[a][b] for b in places] for a in places]))
    horizon = max(vehicle["time_window"][1] for vehicle in vehicles)
    model.AddDimension(
        model.RegisterTransitMatrix(
            [[ways[a][b] + service[index] for b in places] for index, a in enumerate(places)]),
        horizon, horizon, False, "time")
    times = model.GetDimensionOrDie("time")
    for number, vehicle in enumerate(vehicles):
        times.CumulVar(model.Start(number)).SetRange(*vehicle["time_window"])
        times.CumulVar(model.End(number)).SetRange(*vehicle["time_window"])
    node = {}
    for number, one in enumerate(jobs):
        index = node[one["id"]] = manager.NodeToIndex(len(depots) + number)
        first, last = one["time_windows"][0]
        times.CumulVar(index).SetRange(first, min(last, one["due"] - one["service"]))
        able = [number for number, vehicle in enumerate(vehicles) if set(one["skills"]) <= set(vehicle["skills"])]
        model.VehicleVar(index).SetValues([-1] * (one["id"] == optional) + able)
    if optional is not None:
        model.AddDisjunction([node[optional]], 100_000_000)
    return model, manager, node


def ortools_order(model, manager, found, vehicles, keep_empty=False):
    """The nodes of every route in their order, without its ends."""
    routes = []
    for number in range(vehicles):
        route, index = [], found.Value(model.NextVar(model.Start(number)))
        while not model.IsEnd(index):
            route.append(manager.IndexToNode(index))
            index = found.Value(model.NextVar(index))
        if route or keep_empty:
            routes.append(route)
    return routes


def ortools(problem, plan, job, window):
    """OR-Tools: the plan, and a local search that makes the absent node active."""
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2
    larger = with_job(problem, job, window)
    vehicles = larger["vehicles"]
    model, manager, node = ortools_model(larger, optional=job["id"])
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GREEDY_DESCENT
    operators = parameters.local_search_operators
    for field in operators.DESCRIPTOR.fields:
        setattr(operators, field.name, 3 if field.name == "use_make_active" else 2)  # 3 is yes, 2 no
    model.CloseModelWithParameters(parameters)
    now = order(plan)
    start = model.ReadAssignmentFromRoutes([[node[id] for id in now.get(vehicle["id"], [])] for vehicle in vehicles], True)
    assert start is not None, "OR-Tools refuses the plan"
    began = time.process_time()
    found = model.SolveFromAssignmentWithParameters(start, parameters)
    took = time.process_time() - began
    id_of = {manager.IndexToNode(index): id for id, index in node.items()}
    routes = ortools_order(model, manager, found, len(vehicles), keep_empty=True)
    answer = timed(larger, {
        vehicle["id"]: [id_of[number] for number in route] for vehicle, route in zip(vehicles, routes)})
    return took, None if answer["unassigned"] else answer


def pyvrp_data(problem, optional=None):
    """PyVRP's data of a problem, with its jobs and vehicles in their order; one job may be left out."""
    import numpy, pyvrp
    jobs, vehicles = problem["jobs"], problem["vehicles"]
    depots = sorted({place for vehicle in vehicles for place in (vehicle["start_index"], vehicle["end_index"])})
    places = depots + [one["location_index"] for one in jobs]
    ways = numpy.array(problem["matrices"]["car"]["durations"])[numpy.ix_(places, places)]
    kinds = sorted({tuple(sorted(vehicle["skills"])) for vehicle in vehicles})
    distances = []
    for kind in kinds:
        own = ways.copy()
        for number, one in enumerate(jobs):
            if not set(one["skills"]) <= set(kind):
                own[:, len(depots) + number] = 10_000_000
        numpy.fill_diagonal(own, 0)
        distances.append(own)
    clients = [
        pyvrp.Client(
            location=len(depots) + number, service_duration=one["service"], tw_early=one["time_windows"][0][0],
            tw_late=min(one["time_windows"][0][1], one["due"] - one["service"]), required=one["id"] != optional,
            prize=1_000_000 if one["id"] == optional else 0)
        for number, one in enumerate(jobs)]
    data = pyvrp.ProblemData(
        [pyvrp.Location(0, 0) for _ in places], clients,
        [pyvrp.Depot(location=number) for number in range(len(depots))],
        [pyvrp.VehicleType(
            start_depot=depots.index(vehicle["start_index"]), end_depot=depots.index(vehicle["end_index"]),
            tw_early=vehicle["time_window"][0], tw_late=vehicle["time_window"][1],
            profile=kinds.index(tuple(sorted(vehicle["skills"])))) for vehicle in vehicles],
        distances, [ways] * len(kinds))
    return data, jobs, vehicles


def pyvrp_order(found, jobs, vehicles):
    """The jobs of every vehicle in a solution."""
    return {vehicles[route.vehicle_type()]["id"]: [jobs[visit.idx]["id"] for visit in route if visit.is_client()]
            for route in found.routes()}


def pyvrp(problem, plan, job, window):
    """PyVRP: one local search from the plan, with a prize for the job; neighbours are counted in."""
    import pyvrp
    from pyvrp.search import OPERATORS, LocalSearch, compute_neighbours
    larger = with_job(problem, job, window)
    data, jobs, vehicles = pyvrp_data(larger, optional=job["id"])
    number = {one["id"]: index for index, one in enumerate(jobs)}
    now = order(plan)
    start = pyvrp.Solution(data, [
        pyvrp.Route(data, [number[id] for id in now[vehicle["id"]]], index)
        for index, vehicle in enumerate(vehicles) if now.get(vehicle["id"])])
    cost = pyvrp.CostEvaluator([], 1_000, 0)
    began = time.process_time()
    search = LocalSearch(data, pyvrp.RandomNumberGenerator(seed=1), compute_neighbours(data))
    for operator in OPERATORS:
        if operator.supports(data):
            search.add_operator(operator(data))
    found = search(start, cost, exhaustive=True)
    took = time.process_time() - began
    answer = timed(larger, pyvrp_order(found, jobs, vehicles))
    return took, None if answer["unassigned"] else answer
