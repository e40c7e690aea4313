-- +goose Up
-- An item of the programme of a mission, such as a round table. No participant:
-- everybody. One that is not published is a draft: nobody is engaged by it.
CREATE TABLE programme_sessions (
    territory_id    integer NOT NULL,
    id              text NOT NULL,
    mission_id      text NOT NULL,
    fictional       boolean NOT NULL,
    leg_id          text,
    venue_id        text,
    kind            text NOT NULL,
    title           text NOT NULL,
    starts_at       text NOT NULL,
    ends_at         text NOT NULL,
    participant_ids text NOT NULL,
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

-- +goose Down
DROP TABLE programme_sessions;
