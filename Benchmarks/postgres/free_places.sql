-- SPDX-License-Identifier: Apache-2.0
\set office random(0, 499)
\set day random(0, 13)
select slot, capacity - booked from slots where office = :office and day = :day order by slot;
