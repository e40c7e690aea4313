-- +goose Up
-- One change of one record. The hash covers the previous entry of the record
-- and the digest of each value, so that values can be erased without breaking
-- the chain. A seal covers the entries of a territory up to a moment.
CREATE TABLE history_entries (
    territory_id integer NOT NULL REFERENCES territories (id),
    id           text NOT NULL,
    kind         text NOT NULL,
    record_id    text NOT NULL,
    number       integer NOT NULL,
    batch        text NOT NULL,
    action       text NOT NULL,
    actor        text NOT NULL,
    actor_name   text NOT NULL,
    at           text NOT NULL,
    hash         text NOT NULL,
    seal         integer,
    PRIMARY KEY (territory_id, id),
    UNIQUE (territory_id, kind, record_id, number)
);
CREATE INDEX history_entries_batch ON history_entries (territory_id, batch);
CREATE INDEX history_entries_seal ON history_entries (territory_id, seal, id);

-- What became of one field. Erasing empties before, after and salt, and sets
-- erased_at; the digest stays.
CREATE TABLE history_values (
    territory_id integer NOT NULL,
    entry_id     text NOT NULL,
    field        text NOT NULL,
    before       text,
    after        text,
    salt         text,
    digest       text NOT NULL,
    erased_at    text,
    PRIMARY KEY (territory_id, entry_id, field),
    FOREIGN KEY (territory_id, entry_id) REFERENCES history_entries (territory_id, id)
);

CREATE TABLE history_seals (
    territory_id integer NOT NULL REFERENCES territories (id),
    number       integer NOT NULL,
    entries      integer NOT NULL,
    at           text NOT NULL,
    hash         text NOT NULL,
    PRIMARY KEY (territory_id, number)
);

-- +goose Down
DROP TABLE history_seals;
DROP TABLE history_values;
DROP TABLE history_entries;
