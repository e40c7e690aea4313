-- +goose Up
-- A mission abroad. Texts in several languages are JSON objects, lists JSON
-- arrays, days text. stage is what was decided (idea, preparation, confirmed,
-- followed, closed, cancelled); what follows from dates is not kept. The call's
-- days are set by the call.
CREATE TABLE missions (
    territory_id    integer NOT NULL REFERENCES territories (id),
    id              text NOT NULL,
    owner_id        text NOT NULL,
    fictional       boolean NOT NULL,
    source          text NOT NULL,
    title           text NOT NULL,
    pitch           text NOT NULL,
    kind            text NOT NULL,
    origin          text NOT NULL,
    sector_ids      text NOT NULL,
    stage           text NOT NULL,
    starts_on       text NOT NULL,
    ends_on         text NOT NULL,
    call_from       text NOT NULL,
    call_to         text NOT NULL,
    companies       integer NOT NULL,
    meetings        integer NOT NULL,
    round_tables    integer NOT NULL,
    language        text NOT NULL,
    meeting_minutes integer NOT NULL,
    gap_minutes     integer NOT NULL,
    lead_id         text NOT NULL,
    edition_of      text,
    version         integer NOT NULL,
    created_at      text NOT NULL,
    updated_at      text NOT NULL,
    deleted_at      text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, edition_of) REFERENCES missions (territory_id, id)
);
CREATE INDEX missions_starts ON missions (territory_id, starts_on, id);

-- One city of a mission. grid holds the stretches in which meetings can be held,
-- in the leg's own time: "2017-11-06 09:00/12:30".
CREATE TABLE legs (
    territory_id integer NOT NULL,
    id           text NOT NULL,
    mission_id   text NOT NULL,
    fictional    boolean NOT NULL,
    position     integer NOT NULL,
    name         text NOT NULL,
    city_id      text,
    zone         text NOT NULL,
    starts_on    text NOT NULL,
    ends_on      text NOT NULL,
    grid         text NOT NULL,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, city_id) REFERENCES cities (territory_id, id)
);
CREATE INDEX legs_mission ON legs (territory_id, mission_id, position);

-- An address with places. No leg: all. closed holds spans of real time, in UTC:
-- "2017-11-06T14:00:00Z/2017-11-06T17:30:00Z".
CREATE TABLE venues (
    territory_id integer NOT NULL,
    id           text NOT NULL,
    mission_id   text NOT NULL,
    fictional    boolean NOT NULL,
    position     integer NOT NULL,
    code         text NOT NULL,
    name         text NOT NULL,
    address      text NOT NULL,
    latitude     double precision,
    longitude    double precision,
    leg_ids      text NOT NULL,
    closed       text NOT NULL,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id)
);
CREATE INDEX venues_mission ON venues (territory_id, mission_id, position);

-- Minutes from a venue to another where they are known better than by distance.
CREATE TABLE journeys (
    territory_id integer NOT NULL,
    from_id      text NOT NULL,
    to_id        text NOT NULL,
    minutes      integer NOT NULL,
    PRIMARY KEY (territory_id, from_id, to_id),
    FOREIGN KEY (territory_id, from_id) REFERENCES venues (territory_id, id),
    FOREIGN KEY (territory_id, to_id) REFERENCES venues (territory_id, id)
);

-- A set of like tables of a venue; first is the number of its first one, label
-- what a single one is called instead.
CREATE TABLE places (
    territory_id integer NOT NULL,
    id           text NOT NULL,
    mission_id   text NOT NULL,
    venue_id     text NOT NULL,
    fictional    boolean NOT NULL,
    position     integer NOT NULL,
    tables       integer NOT NULL,
    first        integer NOT NULL,
    label        text NOT NULL,
    reserved     boolean NOT NULL,
    closed       text NOT NULL,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, venue_id) REFERENCES venues (territory_id, id)
);
CREATE INDEX places_mission ON places (territory_id, mission_id, position);

-- An organisation that takes part in a mission.
CREATE TABLE participants (
    territory_id    integer NOT NULL,
    id              text NOT NULL,
    mission_id      text NOT NULL,
    organisation_id text NOT NULL,
    owner_id        text NOT NULL,
    fictional       boolean NOT NULL,
    position        integer NOT NULL,
    code            text NOT NULL,
    side            text NOT NULL,
    state           text NOT NULL,
    contact_id      text,
    languages       text NOT NULL,
    leg_ids         text NOT NULL,
    place_ids       text NOT NULL,
    busy            text NOT NULL,
    least           integer NOT NULL,
    most            integer NOT NULL,
    most_a_day      integer NOT NULL,
    rank            integer NOT NULL, -- in the order of protocol, from 1; 0: none
    version         integer NOT NULL,
    created_at      text NOT NULL,
    updated_at      text NOT NULL,
    deleted_at      text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations (territory_id, id),
    FOREIGN KEY (territory_id, contact_id) REFERENCES people (territory_id, id)
);
CREATE INDEX participants_mission ON participants (territory_id, mission_id, position);
CREATE INDEX participants_organisation ON participants (territory_id, organisation_id);

-- A person of a participant, or an unnamed representative: what a meeting
-- occupies. Numbers count from 1 within the participant.
CREATE TABLE seats (
    territory_id   integer NOT NULL,
    id             text NOT NULL,
    mission_id     text NOT NULL,
    participant_id text NOT NULL,
    fictional      boolean NOT NULL,
    number         integer NOT NULL,
    person_id      text,
    version        integer NOT NULL,
    created_at     text NOT NULL,
    updated_at     text NOT NULL,
    deleted_at     text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, participant_id) REFERENCES participants (territory_id, id),
    FOREIGN KEY (territory_id, person_id) REFERENCES people (territory_id, id)
);
CREATE INDEX seats_mission ON seats (territory_id, mission_id, participant_id, number);
CREATE INDEX seats_person ON seats (territory_id, person_id);

-- A number of interpreters between two languages.
CREATE TABLE interpreters (
    territory_id integer NOT NULL,
    id           text NOT NULL,
    mission_id   text NOT NULL,
    fictional    boolean NOT NULL,
    position     integer NOT NULL,
    languages    text NOT NULL,
    number       integer NOT NULL,
    leg_ids      text NOT NULL,
    busy         text NOT NULL,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id)
);
CREATE INDEX interpreters_mission ON interpreters (territory_id, mission_id, position);

-- +goose Down
DROP TABLE interpreters;
DROP TABLE seats;
DROP TABLE participants;
DROP TABLE places;
DROP TABLE journeys;
DROP TABLE venues;
DROP TABLE legs;
DROP TABLE missions;
