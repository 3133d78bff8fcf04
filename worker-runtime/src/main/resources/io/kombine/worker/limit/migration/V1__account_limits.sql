-- What holds for an account over all workers. The row is locked while a token is granted.
create table account_limits.accounts (
    account     text primary key,
    -- the circuit breaker
    state       text not null default 'CLOSED' check (state in ('CLOSED', 'OPEN', 'PAUSED')),
    failures    int not null default 0,
    last_failed uuid,
    opens       int not null default 0,
    until       timestamptz,
    probe_until timestamptz,
    why         text,
    -- what the provider asked for
    not_before  timestamptz,
    last_wait   timestamptz,
    slow        int not null default 0,
    slow_until  timestamptz
) with (fillfactor = 50);

-- One row for each granted call of an account that is limited, at least as long as it counts.
create table account_limits.calls (
    id            uuid primary key,
    account       text not null,
    at            timestamptz not null,
    amount        numeric not null,
    -- null once the call has ended
    running_until timestamptz
);

create index calls_of_window on account_limits.calls (account, at);
create index calls_running on account_limits.calls (account, running_until)
    where running_until is not null;
