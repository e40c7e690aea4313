-- +goose Up
CREATE TABLE territories (
    id         integer PRIMARY KEY,
    slug       text NOT NULL UNIQUE,
    name       text NOT NULL,
    country    text NOT NULL,
    languages  text NOT NULL,
    zone       text NOT NULL,
    currency   text NOT NULL,
    sea        text NOT NULL,
    deep       text NOT NULL,
    fictional  boolean NOT NULL,
    version    integer NOT NULL,
    created_at text NOT NULL
);

-- What a user is in a territory. For a partner agency or a company, the
-- organisation that they belong to; empty for the territory's own people.
CREATE TABLE members (
    territory_id    integer NOT NULL REFERENCES territories (id),
    user_id         text NOT NULL REFERENCES users (id),
    role            text NOT NULL,
    organisation_id text NOT NULL,
    created_at      text NOT NULL,
    PRIMARY KEY (territory_id, user_id)
);
CREATE INDEX members_user ON members (user_id);

-- A personal link, given to somebody outside: to one thing, for a while. Its
-- token is derived from id and generation with a key kept elsewhere. The table
-- is auth's; it is here because it needs the territories.
CREATE TABLE auth_links (
    territory_id integer NOT NULL REFERENCES territories (id),
    id           text NOT NULL,
    generation   integer NOT NULL,
    purpose      text NOT NULL,
    kind         text NOT NULL,
    record_id    text NOT NULL,
    sent_to      text NOT NULL,
    name         text NOT NULL,
    language     text NOT NULL,
    created_by   text NOT NULL,
    created_at   text NOT NULL,
    expires_at   text NOT NULL,
    revoked_at   text,
    used_at      text,
    PRIMARY KEY (territory_id, id)
);
CREATE INDEX auth_links_record ON auth_links (territory_id, kind, record_id);

-- +goose Down
DROP TABLE auth_links;
DROP TABLE members;
DROP TABLE territories;
