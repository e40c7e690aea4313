-- +goose Up
-- The words by which a record is found, and who may find it: owner_id is the
-- partner agency that the record belongs to, or empty for the territory's own;
-- organisation_id the organisation that the record is about, if any; beginning
-- is that of the title, folded.
CREATE TABLE search_words (
    territory_id    integer NOT NULL REFERENCES territories (id),
    kind            text NOT NULL,
    record_id       text NOT NULL,
    owner_id        text NOT NULL,
    organisation_id text NOT NULL,
    title           text NOT NULL,
    detail          text NOT NULL,
    beginning       text NOT NULL,
    words           text NOT NULL,
    PRIMARY KEY (territory_id, kind, record_id)
);
CREATE INDEX search_words_beginning ON search_words (territory_id, beginning);

-- What ties two records: the first led to the second, or holds it, as role says.
CREATE TABLE relations (
    territory_id integer NOT NULL REFERENCES territories (id),
    id           text NOT NULL,
    from_kind    text NOT NULL,
    from_id      text NOT NULL,
    to_kind      text NOT NULL,
    to_id        text NOT NULL,
    role         text NOT NULL,
    created_at   text NOT NULL,
    PRIMARY KEY (territory_id, id),
    UNIQUE (territory_id, from_kind, from_id, to_kind, to_id, role)
);
CREATE INDEX relations_to ON relations (territory_id, to_kind, to_id);

CREATE TABLE notes (
    territory_id integer NOT NULL REFERENCES territories (id),
    id           text NOT NULL,
    kind         text NOT NULL,
    record_id    text NOT NULL,
    text         text NOT NULL,
    author       text NOT NULL,
    author_name  text NOT NULL,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id)
);
CREATE INDEX notes_record ON notes (territory_id, kind, record_id);

-- A saved view: the filters of a list, under a name.
CREATE TABLE views (
    territory_id integer NOT NULL REFERENCES territories (id),
    id           text NOT NULL,
    kind         text NOT NULL,
    user_id      text NOT NULL REFERENCES users (id),
    name         text NOT NULL,
    query        text NOT NULL,
    created_at   text NOT NULL,
    PRIMARY KEY (territory_id, id)
);

-- +goose Down
DROP TABLE views;
DROP TABLE notes;
DROP TABLE relations;
DROP TABLE search_words;
