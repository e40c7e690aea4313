-- +goose Up
-- A person. organisation_id and function are the post that counts; others are
-- in posts. counted_from is the day from which the time to keep them runs: that
-- of their last contact, or of their record. organisation_key is the name_key of
-- the organisation: lists are sorted by it.
CREATE TABLE people (
    territory_id    integer NOT NULL REFERENCES territories (id),
    id              text NOT NULL,
    owner_id        text NOT NULL,
    fictional       boolean NOT NULL,
    source          text NOT NULL,
    given_name      text NOT NULL,
    family_name     text NOT NULL,
    name_key        text NOT NULL,
    name_order      text NOT NULL,
    original_name   text NOT NULL,
    honorific       text NOT NULL,
    title           text NOT NULL,
    organisation_id text,
    organisation_key text NOT NULL,
    function        text NOT NULL,
    since           text NOT NULL,
    country         text NOT NULL,
    languages       text NOT NULL,
    email           text NOT NULL,
    other_emails    text NOT NULL,
    phones          text NOT NULL,
    consent         text NOT NULL,
    consent_date    text NOT NULL,
    consent_source  text NOT NULL,
    address_source  text NOT NULL,
    told            text NOT NULL,
    last_contact    text NOT NULL,
    counted_from    text NOT NULL,
    merged_into     text,
    version         integer NOT NULL,
    created_at      text NOT NULL,
    updated_at      text NOT NULL,
    deleted_at      text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations (territory_id, id)
);
-- Lists are filtered, counted and paged in an index alone, one for each order.
CREATE INDEX people_list ON people
    (territory_id, name_key, id, owner_id, organisation_id, country, consent, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX people_by_organisation ON people
    (territory_id, organisation_key, name_key, id, owner_id, organisation_id, country, consent, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX people_contact ON people
    (territory_id, last_contact, id, owner_id, organisation_id, country, consent, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX people_updated ON people
    (territory_id, updated_at, id, owner_id, organisation_id, country, consent, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX people_trash ON people (territory_id, name_key, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX people_organisation ON people (territory_id, organisation_id);
CREATE INDEX people_owner ON people (territory_id, owner_id) WHERE owner_id <> '';
CREATE INDEX people_email ON people (territory_id, email);
CREATE INDEX people_counted ON people (territory_id, counted_from);

-- What a person did before the post that counts, or does beside it.
CREATE TABLE posts (
    territory_id    integer NOT NULL,
    id              text NOT NULL,
    owner_id        text NOT NULL,
    fictional       boolean NOT NULL,
    person_id       text NOT NULL,
    organisation_id text NOT NULL,
    function        text NOT NULL,
    since           text NOT NULL,
    until           text NOT NULL,
    version         integer NOT NULL,
    created_at      text NOT NULL,
    updated_at      text NOT NULL,
    deleted_at      text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, person_id) REFERENCES people (territory_id, id),
    FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations (territory_id, id)
);
CREATE INDEX posts_person ON posts (territory_id, person_id);
CREATE INDEX posts_organisation ON posts (territory_id, organisation_id);

-- Two records that may be the same, the smaller id first. What somebody looked
-- at and found different is dismissed, and not shown again.
CREATE TABLE duplicates (
    territory_id integer NOT NULL REFERENCES territories (id),
    kind         text NOT NULL,
    first_id     text NOT NULL,
    second_id    text NOT NULL,
    score        integer NOT NULL,
    dismissed    boolean NOT NULL,
    PRIMARY KEY (territory_id, kind, first_id, second_id)
);
CREATE INDEX duplicates_score ON duplicates (territory_id, kind, score);

-- How long a territory keeps people who give no sign: months after their last
-- contact, announced some days before, and what comes in the end.
CREATE TABLE retention (
    territory_id integer PRIMARY KEY REFERENCES territories (id),
    months       integer NOT NULL,
    notice_days  integer NOT NULL,
    ending       text NOT NULL
);

-- Whose time is nearly up, and since when that is said.
CREATE TABLE retention_notices (
    territory_id integer NOT NULL,
    person_id    text NOT NULL,
    counted_from text NOT NULL,
    given_on     text NOT NULL,
    PRIMARY KEY (territory_id, person_id),
    FOREIGN KEY (territory_id, person_id) REFERENCES people (territory_id, id)
);

-- The proof that somebody was erased or archived, without what was erased:
-- which record, by whom, after how many months of silence (0: on request), and
-- how many records of each kind.
CREATE TABLE erasures (
    territory_id integer NOT NULL REFERENCES territories (id),
    id           text NOT NULL,
    person_id    text NOT NULL,
    ending       text NOT NULL,
    months       integer NOT NULL,
    actor        text NOT NULL,
    counts       text NOT NULL,
    at           text NOT NULL,
    PRIMARY KEY (territory_id, id)
);

-- The addresses whose owner wants to hear nothing, as keyed digests that
-- outlive the owner's record.
CREATE TABLE objections (
    territory_id integer NOT NULL REFERENCES territories (id),
    digest       text NOT NULL,
    at           text NOT NULL,
    PRIMARY KEY (territory_id, digest)
);

-- +goose Down
DROP TABLE objections;
DROP TABLE erasures;
DROP TABLE retention_notices;
DROP TABLE retention;
DROP TABLE duplicates;
DROP TABLE posts;
DROP TABLE people;
