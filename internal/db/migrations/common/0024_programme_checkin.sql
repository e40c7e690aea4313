-- +goose Up
-- A seat that registered for a session: it attends, or waits for room.
CREATE TABLE programme_registrations (
    territory_id integer NOT NULL,
    id           text NOT NULL,
    mission_id   text NOT NULL,
    session_id   text NOT NULL,
    seat_id      text NOT NULL,
    fictional    boolean NOT NULL,
    waiting      boolean NOT NULL,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, session_id) REFERENCES programme_sessions (territory_id, id),
    FOREIGN KEY (territory_id, seat_id) REFERENCES seats (territory_id, id)
);
-- Nobody registers twice.
CREATE UNIQUE INDEX programme_registrations_seat ON programme_registrations (territory_id, session_id, seat_id) WHERE deleted_at IS NULL;
CREATE INDEX programme_registrations_mission ON programme_registrations (territory_id, mission_id);

-- Somebody who is invited to a session and is no participant of the mission, with
-- how many they bring along. owner_id is the partner agency that invites.
CREATE TABLE programme_guests (
    territory_id integer NOT NULL,
    id           text NOT NULL,
    mission_id   text NOT NULL,
    session_id   text NOT NULL,
    owner_id     text NOT NULL,
    fictional    boolean NOT NULL,
    name         text NOT NULL,
    company      text NOT NULL,
    email        text NOT NULL,
    companions   integer NOT NULL,
    waiting      boolean NOT NULL,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, session_id) REFERENCES programme_sessions (territory_id, id)
);
CREATE INDEX programme_guests_mission ON programme_guests (territory_id, mission_id, session_id);

-- What was noted at the door of a session, by a device that may have had no
-- network: somebody is in, or not any more. The id is made on the device, so that
-- what is sent twice counts once. attendee names a seat, a guest, one of their
-- companions, or a visitor of a stand: "seat:0193...". The latest says how it is.
CREATE TABLE programme_scans (
    territory_id integer NOT NULL,
    session_id   text NOT NULL,
    id           text NOT NULL,
    attendee     text NOT NULL,
    entered      boolean NOT NULL,
    at           text NOT NULL,
    received_at  text NOT NULL,
    user_id      text NOT NULL,
    PRIMARY KEY (territory_id, session_id, id),
    FOREIGN KEY (territory_id, session_id) REFERENCES programme_sessions (territory_id, id)
);

-- Somebody who was met at a stand. device_id is made on the device; person_id is
-- who they are in the directory, once somebody has said so.
CREATE TABLE programme_contacts (
    territory_id integer NOT NULL,
    id           text NOT NULL,
    mission_id   text NOT NULL,
    session_id   text NOT NULL,
    device_id    text NOT NULL,
    fictional    boolean NOT NULL,
    taken_at     text NOT NULL,
    name         text NOT NULL,
    company      text NOT NULL,
    function     text NOT NULL,
    email        text NOT NULL,
    phone        text NOT NULL,
    remark       text NOT NULL,
    person_id    text,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id),
    UNIQUE (territory_id, session_id, device_id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, session_id) REFERENCES programme_sessions (territory_id, id),
    FOREIGN KEY (territory_id, person_id) REFERENCES people (territory_id, id)
);

-- +goose Down
DROP TABLE programme_contacts;
DROP TABLE programme_scans;
DROP TABLE programme_guests;
DROP TABLE programme_registrations;
