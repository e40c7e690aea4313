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
    logo       text NOT NULL,
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

-- What a user, or whoever belongs to an organisation, does on one mission.
CREATE TABLE duties (
    territory_id    integer NOT NULL REFERENCES territories (id),
    mission_id      text NOT NULL,
    user_id         text NOT NULL,
    organisation_id text NOT NULL,
    duty            text NOT NULL,
    PRIMARY KEY (territory_id, mission_id, user_id, organisation_id, duty)
);
CREATE INDEX duties_user ON duties (territory_id, user_id);
CREATE INDEX duties_organisation ON duties (territory_id, organisation_id);

-- +goose Down
DROP TABLE duties;
DROP TABLE members;
DROP TABLE territories;
