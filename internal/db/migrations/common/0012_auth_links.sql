-- +goose Up
-- A personal link, given to somebody outside: to one thing, for a while. Its
-- token is derived from id and generation with a key kept elsewhere; paper is
-- the keyed digest of the code by which it is read from paper; sent_key is the
-- address, folded, by which all that was sent to somebody is found.
CREATE TABLE auth_links (
    territory_id integer NOT NULL REFERENCES territories (id),
    id           text NOT NULL,
    generation   integer NOT NULL,
    purpose      text NOT NULL,
    kind         text NOT NULL,
    record_id    text NOT NULL,
    sent_to      text NOT NULL,
    sent_key     text NOT NULL,
    name         text NOT NULL,
    language     text NOT NULL,
    paper        text NOT NULL,
    created_at   text NOT NULL,
    expires_at   text NOT NULL,
    revoked_at   text,
    used_at      text,
    PRIMARY KEY (territory_id, id)
);
CREATE INDEX auth_links_record ON auth_links (territory_id, kind, record_id);
CREATE INDEX auth_links_sent ON auth_links (territory_id, sent_key);
CREATE INDEX auth_links_paper ON auth_links (territory_id, paper);

-- +goose Down
DROP TABLE auth_links;
