-- +goose Up
-- What came of a mission for an organisation: declared by the company, confirmed
-- by it or refused by an officer. Amounts are in minor units of a currency.
CREATE TABLE outcomes (
    territory_id    integer NOT NULL,
    id              text NOT NULL,
    mission_id      text NOT NULL,
    organisation_id text NOT NULL,
    participant_id  text,
    meeting_id      text,
    owner_id        text NOT NULL,
    fictional       boolean NOT NULL,
    kind            text NOT NULL,
    state           text NOT NULL,
    text            text NOT NULL,
    happened_on     text NOT NULL,
    amount          bigint NOT NULL,
    currency        text NOT NULL,
    publishable     boolean NOT NULL,
    declared_by     text NOT NULL,
    version         integer NOT NULL,
    created_at      text NOT NULL,
    updated_at      text NOT NULL,
    deleted_at      text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations (territory_id, id),
    FOREIGN KEY (territory_id, participant_id) REFERENCES participants (territory_id, id),
    FOREIGN KEY (territory_id, meeting_id) REFERENCES meetings (territory_id, id)
);
CREATE INDEX outcomes_mission ON outcomes (territory_id, mission_id, id);
CREATE INDEX outcomes_state ON outcomes (territory_id, state, mission_id);
CREATE INDEX outcomes_organisation ON outcomes (territory_id, organisation_id);

-- +goose Down
DROP TABLE outcomes;
