-- +goose Up
-- What a participant wants of another.
CREATE TABLE wishes (
    territory_id integer NOT NULL,
    id           text NOT NULL,
    mission_id   text NOT NULL,
    from_id      text NOT NULL,
    to_id        text NOT NULL,
    fictional    boolean NOT NULL,
    kind         text NOT NULL,
    weight       integer NOT NULL,
    minutes      integer NOT NULL,
    venue_ids    text NOT NULL,
    from_seat    integer NOT NULL,
    to_seat      integer NOT NULL,
    remark       text NOT NULL,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, from_id) REFERENCES participants (territory_id, id),
    FOREIGN KEY (territory_id, to_id) REFERENCES participants (territory_id, id)
);
CREATE INDEX wishes_mission ON wishes (territory_id, mission_id, id);

-- A meeting asked for as such, perhaps then and there. seats holds participants
-- with the number of the seat, 0 for any: "0193...:2".
CREATE TABLE requests (
    territory_id integer NOT NULL,
    id           text NOT NULL,
    mission_id   text NOT NULL,
    fictional    boolean NOT NULL,
    seats        text NOT NULL,
    starts_at    text,
    place_id     text,
    table_number integer NOT NULL,
    venue_ids    text NOT NULL,
    locked       boolean NOT NULL,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, place_id) REFERENCES places (territory_id, id)
);
CREATE INDEX requests_mission ON requests (territory_id, mission_id, id);

-- A plan of a mission's meetings: what was asked for, and what came of it. value
-- and bound are points; causes say why there is none. Its documents are beside.
CREATE TABLE plans (
    territory_id integer NOT NULL,
    id           text NOT NULL,
    mission_id   text NOT NULL,
    fictional    boolean NOT NULL,
    number       integer NOT NULL,
    state        text NOT NULL,
    seconds      integer NOT NULL,
    slack        integer NOT NULL,
    seed         integer NOT NULL,
    previous_id  text,
    job_id       bigint NOT NULL,
    meetings     integer NOT NULL,
    unmet        integer NOT NULL,
    value        integer NOT NULL,
    bound        integer NOT NULL,
    proven       boolean NOT NULL,
    causes       text NOT NULL,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id),
    UNIQUE (territory_id, mission_id, number),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, previous_id) REFERENCES plans (territory_id, id)
);

-- The documents of a plan as they were made: plan.json, report.html and so on.
CREATE TABLE plan_documents (
    territory_id integer NOT NULL,
    plan_id      text NOT NULL,
    name         text NOT NULL,
    content      bytea NOT NULL,
    PRIMARY KEY (territory_id, plan_id, name),
    FOREIGN KEY (territory_id, plan_id) REFERENCES plans (territory_id, id)
);

-- A published meeting. uid is that of calendars, the same from plan to plan;
-- seats are those of requests, of which none is "any".
CREATE TABLE meetings (
    territory_id   integer NOT NULL,
    id             text NOT NULL,
    mission_id     text NOT NULL,
    fictional      boolean NOT NULL,
    uid            text NOT NULL,
    starts_at      text NOT NULL,
    ends_at        text NOT NULL,
    seats          text NOT NULL,
    venue_id       text,
    spot           text NOT NULL,
    interpreted_by text NOT NULL,
    locked         boolean NOT NULL,
    state          text NOT NULL,
    version        integer NOT NULL,
    created_at     text NOT NULL,
    updated_at     text NOT NULL,
    deleted_at     text,
    PRIMARY KEY (territory_id, id),
    UNIQUE (territory_id, mission_id, uid),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, venue_id) REFERENCES venues (territory_id, id)
);
CREATE INDEX meetings_mission ON meetings (territory_id, mission_id, starts_at);

-- +goose Down
DROP TABLE meetings;
DROP TABLE plan_documents;
DROP TABLE plans;
DROP TABLE requests;
DROP TABLE wishes;
