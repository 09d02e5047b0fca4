# SPDX-License-Identifier: Apache-2.0
"""Instances of the literature in Solomon's text or VRPLIB's, and what a plan in .sol does to them."""
import itertools
import math


class Unreadable(Exception):
    """A file that is not what it should be."""


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
