-- +goose Up
-- What things are engaged in, published: a meeting, a session. record_id is that
-- of the kind; sequence counts the changes that calendars have to follow. A loose
-- one is shown, and holds no time.
CREATE TABLE engagements (
    territory_id integer NOT NULL,
    id           text NOT NULL,
    mission_id   text NOT NULL,
    kind         text NOT NULL,
    record_id    text NOT NULL,
    title        text NOT NULL,
    starts_at    text NOT NULL,
    ends_at      text NOT NULL,
    zone         text NOT NULL,
    venue_id     text,
    spot         text NOT NULL,
    interpreted  boolean NOT NULL,
    fictional    boolean NOT NULL,
    loose        boolean NOT NULL,
    cancelled    boolean NOT NULL,
    sequence     integer NOT NULL,
    updated_at   text NOT NULL,
    PRIMARY KEY (territory_id, id),
    UNIQUE (territory_id, kind, record_id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, venue_id) REFERENCES venues (territory_id, id)
);
CREATE INDEX engagements_mission ON engagements (territory_id, mission_id, starts_at);

-- The things that an engagement engages: seats and people by their id, tables and
-- interpreters by that of their set and their number.
CREATE TABLE engaged (
    territory_id  integer NOT NULL,
    engagement_id text NOT NULL,
    thing_kind    text NOT NULL,
    thing_id      text NOT NULL,
    number        integer NOT NULL,
    PRIMARY KEY (territory_id, engagement_id, thing_kind, thing_id, number),
    FOREIGN KEY (territory_id, engagement_id) REFERENCES engagements (territory_id, id)
);
CREATE INDEX engaged_thing ON engaged (territory_id, thing_kind, thing_id);

-- One row per engaged thing and five minutes: that nothing is booked twice is
-- the primary key's to hold.
CREATE TABLE ticks (
    territory_id  integer NOT NULL,
    thing         text NOT NULL,
    tick          integer NOT NULL,
    engagement_id text NOT NULL,
    PRIMARY KEY (territory_id, thing, tick),
    FOREIGN KEY (territory_id, engagement_id) REFERENCES engagements (territory_id, id)
);
CREATE INDEX ticks_engagement ON ticks (territory_id, engagement_id);

-- +goose Down
DROP TABLE ticks;
DROP TABLE engaged;
DROP TABLE engagements;
