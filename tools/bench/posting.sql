-- What a good engineer would write in place of Kontor: an entry is posted by one call, in one
-- transaction, with everything that an event-sourced ledger keeps of it.
create table company (
    id smallint primary key,
    code text not null unique
);
create table account (
    id integer primary key,
    company smallint not null references company,
    code text not null,
    summary boolean not null default false,
    blocked boolean not null default false,
    unique (company, code)
);
create table journal (
    company smallint not null references company,
    code text not null,
    primary key (company, code)
);
create table period (
    company smallint not null references company,
    first_day date not null,
    last_day date not null,
    closed boolean not null default false,
    primary key (company, first_day)
);
-- The idempotency key, with what was asked and where the answer is.
create table command (
    actor text not null,
    id uuid not null,
    fingerprint bigint not null,
    event bigint not null,
    primary key (actor, id)
);
create table event (
    id bigint generated always as identity primary key,
    recorded timestamptz not null default now(),
    actor text not null,
    type text not null,
    stream text not null,
    data jsonb not null
);
create table entry (
    id uuid primary key,
    company smallint not null,
    journal text not null,
    number bigint not null,
    day date not null,
    words text not null,
    event bigint not null
);
create table entry_line (
    entry uuid not null,
    line smallint not null,
    account integer not null,
    side smallint not null,  -- 1 debit, -1 credit
    minor bigint not null,
    primary key (entry, line)
);
-- Changed at every posting: room on the page keeps the updates off the index.
create table balance (
    account integer primary key references account,
    debit bigint not null default 0,
    credit bigint not null default 0
) with (fillfactor = 50);
-- A gapless number would be one locked row that all wait for; PostgreSQL is spared that.
create sequence entry_number cache 100;

create function post_entry(of_actor text, command_id uuid, of_company text, entry_id uuid,
                           in_journal text, on_day date, with_words text, accounts text[],
                           sides smallint[], minors bigint[])
returns bigint language plpgsql as $$
declare
    company_id smallint;
    account_ids integer[];
    asked bigint;
    made bigint;
    known record;
    at integer;
begin
    asked := hashtextextended(
        concat_ws('|', of_company, entry_id, in_journal, on_day, with_words, accounts, sides,
                  minors), 0);
    select c.fingerprint, c.event into known
        from command c where c.actor = of_actor and c.id = command_id;
    if found then
        if known.fingerprint <> asked then raise exception 'other_input'; end if;
        return known.event;
    end if;

    select c.id into company_id from company c where c.code = of_company;
    if not found then raise exception 'company_unknown'; end if;
    perform 1 from journal j where j.company = company_id and j.code = in_journal;
    if not found then raise exception 'journal_unknown'; end if;
    perform 1 from period p
        where p.company = company_id and on_day between p.first_day and p.last_day
            and not p.closed;
    if not found then raise exception 'period_closed'; end if;
    if (select sum(s * m) from unnest(sides, minors) as u(s, m)) <> 0 then
        raise exception 'unbalanced';
    end if;
    select array_agg(a.id order by u.n) into account_ids
        from unnest(accounts) with ordinality as u(code, n)
        join account a on a.company = company_id and a.code = u.code
        where not a.summary and not a.blocked;
    if cardinality(account_ids) is distinct from cardinality(accounts) then
        raise exception 'account_unknown';
    end if;

    insert into event (actor, type, stream, data) values (
        of_actor, 'EntryPosted', 'entry/' || of_company || '/' || entry_id,
        jsonb_build_object('company', of_company, 'entry', entry_id, 'journal', in_journal,
                           'date', on_day, 'text', with_words, 'accounts', accounts,
                           'sides', sides, 'minors', minors))
        returning id into made;
    insert into command (actor, id, fingerprint, event)
        values (of_actor, command_id, asked, made);
    insert into entry (id, company, journal, number, day, words, event) values (
        entry_id, company_id, in_journal, nextval('entry_number'), on_day, with_words, made);
    insert into entry_line (entry, line, account, side, minor)
        select entry_id, u.n, u.account, u.side, u.minor
        from unnest(account_ids, sides, minors) with ordinality as u(account, side, minor, n);
    -- Last, so that the rows that all want are locked briefly; by number, so that none dead-locks.
    for at in select n from generate_subscripts(account_ids, 1) as n order by account_ids[n] loop
        update balance set debit = debit + case when sides[at] = 1 then minors[at] else 0 end,
                           credit = credit + case when sides[at] = -1 then minors[at] else 0 end
            where account = account_ids[at];
    end loop;
    return made;
end $$;

-- Ids that follow time, as Kontor's clients make them: random ones would cost the indexes more.
create function uuid_of_now() returns uuid language sql volatile as $$
    select (lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7'
            || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid
$$;

insert into company values (1, 'BENCH');
insert into journal values (1, 'GEN');
insert into period (company, first_day, last_day)
    select 1, first, (first + interval '1 month - 1 day')::date
    from generate_series(date '2025-01-01', date '2025-12-01', interval '1 month') as g(first);
insert into account (id, company, code)
    select n, 1, 'A' || lpad(n::text, 4, '0') from generate_series(1, 1000) as n;
insert into balance (account) select id from account;
vacuum analyze;
