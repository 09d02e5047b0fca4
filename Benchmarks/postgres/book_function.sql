-- SPDX-License-Identifier: Apache-2.0
\set office random(0, 499)
\set day random(0, 13)
\set slot random(0, 32)
select book(gen_random_uuid(), :office, :day, :slot, uuid_send(gen_random_uuid()));
