-- +goose Up
-- An item of the programme of a mission, such as a round table. No participant:
-- everybody. With sign_up, those who register attend, as far as there is room.
-- capacity is a JSON array of how many of a group there is room for:
-- "delegate 40". One that is not published is a draft: nobody is engaged by it.
CREATE TABLE programme_sessions (
    territory_id    integer NOT NULL,
    id              text NOT NULL,
    mission_id      text NOT NULL,
    fictional       boolean NOT NULL,
    leg_id          text,
    venue_id        text,
    spot            text NOT NULL,
    kind            text NOT NULL,
    level           text NOT NULL,
    title           text NOT NULL,
    about           text NOT NULL,
    starts_at       text NOT NULL,
    ends_at         text NOT NULL,
    participant_ids text NOT NULL,
    sign_up         boolean NOT NULL,
    capacity        text NOT NULL,
    languages       text NOT NULL,
    interpreter_ids text NOT NULL,
    host            text NOT NULL,
    dress           text NOT NULL,
    transport_from  text NOT NULL,
    transport_at    text,
    published       boolean NOT NULL,
    version         integer NOT NULL,
    created_at      text NOT NULL,
    updated_at      text NOT NULL,
    deleted_at      text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, leg_id) REFERENCES legs (territory_id, id),
    FOREIGN KEY (territory_id, venue_id) REFERENCES venues (territory_id, id)
);
CREATE INDEX programme_sessions_mission ON programme_sessions (territory_id, mission_id, starts_at);

-- Who speaks at a session, in the order of position: a seat of the mission, or
-- somebody by name.
CREATE TABLE programme_speakers (
    territory_id integer NOT NULL,
    id           text NOT NULL,
    mission_id   text NOT NULL,
    session_id   text NOT NULL,
    fictional    boolean NOT NULL,
    position     integer NOT NULL,
    seat_id      text,
    name         text NOT NULL,
    role         text NOT NULL,
    minutes      integer NOT NULL,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, session_id) REFERENCES programme_sessions (territory_id, id),
    FOREIGN KEY (territory_id, seat_id) REFERENCES seats (territory_id, id)
);
CREATE INDEX programme_speakers_mission ON programme_speakers (territory_id, mission_id, session_id, position);

-- +goose Down
DROP TABLE programme_speakers;
DROP TABLE programme_sessions;
