-- Who may make a step's paid call, under which cap, and what became of it.

-- Tokens are never used twice, so an owner that slept through anything is told from its successor.
create sequence claim_tokens;

create table claims (
    step_id          uuid primary key,
    batch_id         uuid not null,
    kind             text not null,
    epoch            int not null check (epoch > 0),
    token            bigint not null,
    state            text not null check (state in
                         ('RESERVED', 'CALLING', 'SUBMITTED', 'SETTLED', 'RELEASED', 'UNKNOWN')),
    owner            text not null,
    lease_until      timestamptz not null,
    takeovers        int not null default 0,
    slot_partition   int,
    slot_n           int,
    -- the call of this taking, or of the one that it took over
    begun_token      bigint,
    call_epoch       int,
    call_started_at  timestamptz,
    call_deadline    timestamptz,
    provider_task_id text,
    -- the last end, kept while a later epoch is tried
    ended_state      text check (ended_state in ('SETTLED', 'RELEASED', 'UNKNOWN')),
    ended_epoch      int,
    ended_by         bigint,
    result           text,
    published        boolean not null default false
) with (fillfactor = 80);

create index claims_of_batch on claims (batch_id);
create index claims_begun_unpublished on claims (batch_id)
    where begun_token is not null and not published;

-- The cap: as many rows as calls may be in flight. A slot is free once free_after has passed: the
-- lease's end before the call has begun, call start + hard timeout from then on.
create table slots (
    kind       text not null,
    partition  int not null,
    n          int not null,
    step_id    uuid,
    token      bigint,
    free_after timestamptz not null default '-infinity',
    primary key (kind, partition, n)
) with (fillfactor = 50);

create table controls (
    batch_id     uuid primary key,
    sequence     bigint not null,
    hold         text not null check (hold in ('NONE', 'PAUSED', 'CANCELLED')),
    forgotten_at timestamptz
);

-- One row for each call that was or may have been billed; amount is null while nobody knows.
create table ledger (
    token      bigint primary key,
    step_id    uuid not null,
    batch_id   uuid not null,
    kind       text not null,
    epoch      int not null,
    owner      text not null,
    account    text not null,
    provider   text not null,
    model      text not null,
    expected   numeric not null,
    amount     numeric,
    currency   text not null,
    worker     text not null,
    called_at  timestamptz not null,
    settled_at timestamptz
);

create index ledger_of_step on ledger (step_id);
create index ledger_by_account on ledger (account, called_at);
