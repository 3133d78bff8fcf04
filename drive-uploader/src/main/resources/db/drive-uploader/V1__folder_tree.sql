create table folders (
    batch_id   uuid        not null,
    -- names from the drive's root down, joined by '/'
    path       text        not null,
    -- generated and recorded before the folder is created
    drive_id   text        not null unique,
    -- null until the folder is known to exist
    url        text,
    created_at timestamptz not null default now(),
    primary key (batch_id, path)
);

create table files (
    batch_id         uuid        not null,
    path             text        not null,
    drive_id         text        not null unique,
    delivery_id      uuid        not null,
    epoch            integer     not null check (epoch > 0),
    state            text        not null check (state in ('PENDING', 'FAILED', 'DELIVERED')),
    -- of what is to be, or is, delivered
    sha256           text        not null,
    -- of earlier epochs' contents that may lie on the drive, latest last
    earlier_sha256   text[]      not null default '{}',
    -- the drive's own notes on an upload under way
    session          text,
    url              text,
    folder_url       text,
    problem_code     text,
    problem_message  text,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    primary key (batch_id, path),
    check (state <> 'DELIVERED' or url is not null),
    check (state <> 'FAILED' or problem_code is not null)
);
