-- SPDX-License-Identifier: Apache-2.0
-- 500 offices, 14 days, 33 slots a day, and what is booked of them.

create table slots (
    office   integer not null,
    day      integer not null,
    slot     integer not null,
    capacity integer not null,
    booked   integer not null,
    primary key (office, day, slot)
) with (fillfactor = 70);  -- room on the page, so that no update touches the index

create table bookings (
    request_id uuid primary key,
    office     integer not null,
    day        integer not null,
    slot       integer not null,
    applicant  bytea not null,
    at         timestamptz not null
);

create function book(request uuid, an_office integer, a_day integer, a_slot integer, who bytea)
returns boolean language plpgsql as $$
begin
    update slots set booked = booked + 1
        where office = an_office and day = a_day and slot = a_slot and booked < capacity;
    if not found then
        return false;
    end if;
    insert into bookings values (request, an_office, a_day, a_slot, who, now());
    return true;
end
$$;

insert into slots
    select office, day, slot, 1000000, 0
    from generate_series(0, 499) office, generate_series(0, 13) day, generate_series(0, 32) slot
    order by office, day, slot;
vacuum (freeze, analyze) slots;

-- The state of a server that has run for a while: files of the log to use again, and every page of
-- the table once in the log since the checkpoint.
select count(pg_switch_wal())
    from generate_series(1, 128) n, pg_logical_emit_message(false, 'kezek', n::text);
checkpoint;
update slots set booked = booked where slot = 0;
vacuum slots;
