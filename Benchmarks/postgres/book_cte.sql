-- SPDX-License-Identifier: Apache-2.0
\set office random(0, 499)
\set day random(0, 13)
\set slot random(0, 32)
with taken as (update slots set booked = booked + 1 where office = :office and day = :day and slot = :slot and booked < capacity returning office, day, slot) insert into bookings select gen_random_uuid(), office, day, slot, uuid_send(gen_random_uuid()), now() from taken;
