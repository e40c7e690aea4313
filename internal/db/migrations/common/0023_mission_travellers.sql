-- +goose Up
-- A person who goes, with what the journey needs: known to whoever has the duty
-- logistics on the mission and to the person, and erased after the return.
-- flights, stays and transfers are lists of texts, one each.
CREATE TABLE mission_travellers (
    territory_id    integer NOT NULL,
    id              text NOT NULL,
    mission_id      text NOT NULL,
    person_id       text NOT NULL,
    fictional       boolean NOT NULL,
    position        integer NOT NULL,
    order_kind      text NOT NULL,
    order_number    text NOT NULL,
    order_on        text NOT NULL,
    passport_to     text NOT NULL,
    entry_kind      text NOT NULL,
    entry_state     text NOT NULL,
    entry_to        text NOT NULL,
    insurance       text NOT NULL,
    flights         text NOT NULL,
    stays           text NOT NULL,
    room            text NOT NULL,
    room_with       text NOT NULL,
    transfers       text NOT NULL,
    meal            text NOT NULL,
    emergency_name  text NOT NULL,
    emergency_phone text NOT NULL,
    version         integer NOT NULL,
    created_at      text NOT NULL,
    updated_at      text NOT NULL,
    deleted_at      text,
    erased_at       text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, person_id) REFERENCES people (territory_id, id)
);
CREATE INDEX mission_travellers_mission ON mission_travellers (territory_id, mission_id, position);
CREATE INDEX mission_travellers_person ON mission_travellers (territory_id, person_id);

-- How long after the return a country wants a passport to be valid, where the
-- territory knows better than what the program brings along.
CREATE TABLE mission_entry_rules (
    territory_id integer NOT NULL REFERENCES territories (id),
    id           text NOT NULL,
    country      text NOT NULL,
    months       integer NOT NULL,
    source       text NOT NULL,
    checked_on   text NOT NULL,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id)
);
CREATE INDEX mission_entry_rules_country ON mission_entry_rules (territory_id, country);

-- +goose Down
DROP TABLE mission_entry_rules;
DROP TABLE mission_travellers;
