#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: tickets of one priority leave SimPy's PriorityStore in the order in which they came, as the
# customers of its PriorityResource are served.
#
# Seen: SimPy 4.1.2 keeps a heap without the order of arrival: of six equal tickets A001 to A006 the second
# out is A003, the last A004. With two priorities the tickets of each are mixed too. PriorityResource and a
# plain Store keep the order, and PriorityStore does with PriorityItem((priority, number), ticket). Of 60
# visitors, one every 4 minutes for a clerk who takes 5, the longest wait is 234 minutes, of a Store 59; the
# mean is 29.5 minutes in both.
#
# Matters: a simulated office serves people out of turn, and the longest waits, which one simulates it for,
# are not those of its queue.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    simpy==4.1.2

seen=$("$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

import simpy

print(f"simpy {version('simpy')}")


def stored(items):
    """The items as they come out of a PriorityStore."""
    env = simpy.Environment()
    store = simpy.PriorityStore(env)
    out = []

    def office():
        for item in items:
            yield store.put(item)
        for _ in items:
            out.append((yield store.get()).item)

    env.process(office())
    env.run()
    return " ".join(out)


def served(tickets, priorities):
    """The tickets as a PriorityResource serves them."""
    env = simpy.Environment()
    clerk = simpy.PriorityResource(env)
    out = []

    def visitor(ticket, priority):
        with clerk.request(priority=priority) as turn:
            yield turn
            out.append(ticket)
            yield env.timeout(1)

    for ticket, priority in zip(tickets, priorities):
        env.process(visitor(ticket, priority))
    env.run()
    return " ".join(out)


def waits(kind):
    """The waits of 60 visitors, one every 4 minutes, for a clerk who takes 5 for each."""
    env = simpy.Environment()
    store = kind(env)
    found = []

    def visitors():
        for _ in range(60):
            yield store.put(simpy.PriorityItem(1, env.now))
            yield env.timeout(4)

    def clerk():
        for _ in range(60):
            came = (yield store.get()).item
            found.append(env.now - came)
            yield env.timeout(5)

    env.process(visitors())
    env.process(clerk())
    env.run()
    return f"mean wait {sum(found) / len(found):g} minutes, longest {max(found)}"


tickets = [f"A{number:03}" for number in range(1, 7)]
same = [1] * 6
two = [2, 1, 2, 1, 2, 1]
print(f"PriorityStore, one priority: {stored([simpy.PriorityItem(*one) for one in zip(same, tickets)])}")
print(f"PriorityStore, two: {stored([simpy.PriorityItem(*one) for one in zip(two, tickets)])}")
print(f"PriorityResource, one priority: {served(tickets, same)}")
print(f"PriorityResource, two: {served(tickets, two)}")
numbered = [simpy.PriorityItem((one, number), ticket) for number, (one, ticket) in enumerate(zip(two, tickets))]
print(f"PriorityStore with numbers, two: {stored(numbered)}")
print(f"Store, 60 visitors of one priority: {waits(simpy.Store)}")
print(f"PriorityStore, 60 visitors of one priority: {waits(simpy.PriorityStore)}")
PY
)
expected=$(cat <<'TEXT'
simpy 4.1.2
PriorityStore, one priority: A001 A003 A006 A005 A002 A004
PriorityStore, two: A002 A006 A004 A003 A001 A005
PriorityResource, one priority: A001 A002 A003 A004 A005 A006
PriorityResource, two: A001 A002 A004 A006 A003 A005
PriorityStore with numbers, two: A002 A004 A006 A001 A003 A005
Store, 60 visitors of one priority: mean wait 29.5 minutes, longest 59
PriorityStore, 60 visitors of one priority: mean wait 29.5 minutes, longest 234
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "simpy-priority-store: it behaves otherwise than it did" >&2; exit 1; }
echo ok
