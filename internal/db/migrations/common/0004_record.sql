-- +goose Up
-- The words by which a record is found, and who may find it: owner_id is the
-- partner agency that the record belongs to, or empty for the territory's own;
-- organisation_id the organisation that the record is about, if any, mission_id
-- the mission that it is of, if any; beginning is that of the title, folded.
CREATE TABLE search_words (
    territory_id    integer NOT NULL REFERENCES territories (id),
    kind            text NOT NULL,
    record_id       text NOT NULL,
    owner_id        text NOT NULL,
    organisation_id text NOT NULL,
    mission_id      text NOT NULL,
    title           text NOT NULL,
    detail          text NOT NULL,
    beginning       text NOT NULL,
    words           text NOT NULL,
    PRIMARY KEY (territory_id, kind, record_id)
);
CREATE INDEX search_words_beginning ON search_words (territory_id, beginning);

-- What ties two records: what the first is to the second, role says. share is
-- how much of the first the second holds, in percent, or empty.
CREATE TABLE relations (
    territory_id integer NOT NULL REFERENCES territories (id),
    id           text NOT NULL,
    from_kind    text NOT NULL,
    from_id      text NOT NULL,
    to_kind      text NOT NULL,
    to_id        text NOT NULL,
    role         text NOT NULL,
    since        text NOT NULL,
    until        text NOT NULL,
    share        text NOT NULL,
    source       text NOT NULL,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id)
);
CREATE INDEX relations_from ON relations (territory_id, from_kind, from_id);
CREATE INDEX relations_to ON relations (territory_id, to_kind, to_id);

-- +goose Down
DROP TABLE relations;
DROP TABLE search_words;
