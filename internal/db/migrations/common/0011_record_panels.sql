-- +goose Up
-- What people put on records. kind and record_id say on which one; owner_id,
-- organisation_id and mission_id are what decides who may see that one.
CREATE TABLE notes (
    territory_id    integer NOT NULL REFERENCES territories (id),
    id              text NOT NULL,
    kind            text NOT NULL,
    record_id       text NOT NULL,
    owner_id        text NOT NULL,
    organisation_id text NOT NULL,
    mission_id      text NOT NULL,
    text            text NOT NULL,
    author          text NOT NULL,
    author_name     text NOT NULL,
    fictional       boolean NOT NULL,
    version         integer NOT NULL,
    created_at      text NOT NULL,
    updated_at      text NOT NULL,
    deleted_at      text,
    PRIMARY KEY (territory_id, id)
);
CREATE INDEX notes_record ON notes (territory_id, kind, record_id);

-- A file has one name and several contents: number is that of the present one.
CREATE TABLE files (
    territory_id    integer NOT NULL REFERENCES territories (id),
    id              text NOT NULL,
    kind            text NOT NULL,
    record_id       text NOT NULL,
    owner_id        text NOT NULL,
    organisation_id text NOT NULL,
    mission_id      text NOT NULL,
    name            text NOT NULL,
    number          integer NOT NULL,
    fictional       boolean NOT NULL,
    version         integer NOT NULL,
    created_at      text NOT NULL,
    updated_at      text NOT NULL,
    deleted_at      text,
    PRIMARY KEY (territory_id, id)
);
CREATE INDEX files_record ON files (territory_id, kind, record_id);

-- The contents themselves are kept in a folder, each under its SHA-256.
CREATE TABLE file_contents (
    territory_id integer NOT NULL,
    file_id      text NOT NULL,
    number       integer NOT NULL,
    hash         text NOT NULL,
    size         integer NOT NULL,
    type         text NOT NULL,
    author       text NOT NULL,
    author_name  text NOT NULL,
    created_at   text NOT NULL,
    PRIMARY KEY (territory_id, file_id, number),
    FOREIGN KEY (territory_id, file_id) REFERENCES files (territory_id, id)
);
CREATE INDEX file_contents_hash ON file_contents (territory_id, hash);

-- A task may be on no record: kind and record_id are empty then. due is a day
-- of the territory, or empty; member_id a user.
CREATE TABLE tasks (
    territory_id    integer NOT NULL REFERENCES territories (id),
    id              text NOT NULL,
    kind            text NOT NULL,
    record_id       text NOT NULL,
    owner_id        text NOT NULL,
    organisation_id text NOT NULL,
    mission_id      text NOT NULL,
    title           text NOT NULL,
    member_id       text NOT NULL,
    due             text NOT NULL,
    done            boolean NOT NULL,
    fictional       boolean NOT NULL,
    version         integer NOT NULL,
    created_at      text NOT NULL,
    updated_at      text NOT NULL,
    deleted_at      text,
    PRIMARY KEY (territory_id, id)
);
CREATE INDEX tasks_record ON tasks (territory_id, kind, record_id);
CREATE INDEX tasks_member ON tasks (territory_id, member_id, done, due);

-- Who was reminded of their tasks on which day, so that it happens once.
CREATE TABLE reminders (
    territory_id integer NOT NULL REFERENCES territories (id),
    user_id      text NOT NULL REFERENCES users (id),
    day          text NOT NULL,
    PRIMARY KEY (territory_id, user_id, day)
);

-- A saved view: the address of a list, under a name of its user's.
CREATE TABLE views (
    territory_id integer NOT NULL REFERENCES territories (id),
    id           text NOT NULL,
    user_id      text NOT NULL REFERENCES users (id),
    kind         text NOT NULL,
    name         text NOT NULL,
    query        text NOT NULL,
    created_at   text NOT NULL,
    PRIMARY KEY (territory_id, id)
);
CREATE INDEX views_user ON views (territory_id, user_id, kind);

-- +goose Down
DROP TABLE views;
DROP TABLE reminders;
DROP TABLE tasks;
DROP TABLE file_contents;
DROP TABLE files;
DROP TABLE notes;
