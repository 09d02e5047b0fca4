#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: a customer whose service the lunch break interrupts has, over Ciw's records, the time of
# waiting and of service that he had.
#
# Seen: Ciw 3.2.7 makes two records. The second counts as waiting all since the arrival, the
# minutes already served included, and the first has the whole planned service, though it was cut
# off. Of 80 minutes in the office, 60 waiting and 20 served, they make 70 and 30; with 'restart'
# 70 and 40 of 90. Also the mean waiting of the records halves, as one customer counts twice.
# Without preemption the clerk stays after the closing time, and all is right.
#
# Matters: counters that close for lunch look busier than they are, and queues both longer and
# shorter.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    ciw==3.2.7

seen=$("$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

import ciw

print(f"ciw {version('ciw')}")
for preemption in (False, "resume", "restart"):
    # One customer comes at minute 50 for 20 minutes; the counter is closed from 60 to 120.
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Sequential([50, float("inf")])],
        service_distributions=[ciw.dists.Deterministic(20)],
        number_of_servers=[ciw.Schedule(
            numbers_of_servers=[1, 0, 1], shift_end_dates=[60, 120, 1000], preemption=preemption,
        )],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(500)
    records = sorted(simulation.get_all_records(), key=lambda record: record.exit_date)
    for one in records:
        print(f"preemption {preemption}, {one.record_type}: from {one.service_start_date:g} to {one.exit_date:g}, "
              f"waiting {one.waiting_time:g}, service {one.service_time:g}")
    print(f"  in the office {records[-1].exit_date - records[0].arrival_date:g}, "
          f"waiting {sum(one.waiting_time for one in records):g}, "
          f"service {sum(one.service_time for one in records):g}, "
          f"mean waiting {sum(one.waiting_time for one in records) / len(records):g}")
PY
)
expected=$(cat <<'TEXT'
ciw 3.2.7
preemption False, service: from 50 to 70, waiting 0, service 20
  in the office 20, waiting 0, service 20, mean waiting 0
preemption resume, interrupted service: from 50 to 60, waiting 0, service 20
preemption resume, service: from 120 to 130, waiting 70, service 10
  in the office 80, waiting 70, service 30, mean waiting 35
preemption restart, interrupted service: from 50 to 60, waiting 0, service 20
preemption restart, service: from 120 to 140, waiting 70, service 20
  in the office 90, waiting 70, service 40, mean waiting 35
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "ciw-interrupted: it behaves otherwise than it did" >&2; exit 1; }
echo ok
