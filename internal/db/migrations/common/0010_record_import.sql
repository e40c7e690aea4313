-- +goose Up
-- A file that somebody brought: its tables as they were read, what its columns
-- mean, and how far it is. It is the batch of all that it changes.
CREATE TABLE imports (
    territory_id integer NOT NULL REFERENCES territories (id),
    id           text NOT NULL,
    file_name    text NOT NULL,
    tables       text NOT NULL,
    mapping      text NOT NULL,
    state        text NOT NULL,
    job          bigint NOT NULL DEFAULT 0,
    actor        text NOT NULL,
    actor_name   text NOT NULL,
    created_at   text NOT NULL,
    ended_at     text,
    PRIMARY KEY (territory_id, id)
);

-- What becomes of each of its rows. The last are not of the file: they
-- are made because a row names them.
CREATE TABLE import_lines (
    territory_id integer NOT NULL,
    import_id    text NOT NULL,
    position     integer NOT NULL,
    sheet        text NOT NULL,
    row_number   integer NOT NULL,
    kind         text NOT NULL,
    title        text NOT NULL,
    status       text NOT NULL,
    choice       text NOT NULL,
    record_id    text NOT NULL,
    said         text NOT NULL,
    state        text NOT NULL,
    PRIMARY KEY (territory_id, import_id, position),
    FOREIGN KEY (territory_id, import_id) REFERENCES imports (territory_id, id)
);
CREATE INDEX import_lines_status ON import_lines (territory_id, import_id, status, position);
CREATE INDEX import_lines_state ON import_lines (territory_id, import_id, state, position);

-- +goose Down
DROP TABLE import_lines;
DROP TABLE imports;
