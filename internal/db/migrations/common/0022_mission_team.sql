-- +goose Up
-- An organisation of the task force of a mission. share is its part of the
-- budget, in permille. The duty of its members on the mission goes with the row.
CREATE TABLE mission_partners (
    territory_id    integer NOT NULL,
    id              text NOT NULL,
    mission_id      text NOT NULL,
    organisation_id text NOT NULL,
    fictional       boolean NOT NULL,
    position        integer NOT NULL,
    role            text NOT NULL,
    share           integer NOT NULL,
    version         integer NOT NULL,
    created_at      text NOT NULL,
    updated_at      text NOT NULL,
    deleted_at      text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations (territory_id, id)
);
CREATE INDEX mission_partners_mission ON mission_partners (territory_id, mission_id, position);
CREATE INDEX mission_partners_organisation ON mission_partners (territory_id, organisation_id);

-- The secret address of a calendar, of which only a digest is kept: of all that
-- its user may see of missions, or of what they lead and prepare.
CREATE TABLE mission_feeds (
    territory_id integer NOT NULL REFERENCES territories (id),
    digest       text NOT NULL,
    user_id      text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    own          boolean NOT NULL,
    created_at   text NOT NULL,
    revoked_at   text,
    PRIMARY KEY (territory_id, digest)
);
CREATE INDEX mission_feeds_user ON mission_feeds (territory_id, user_id);

-- +goose Down
DROP TABLE mission_feeds;
DROP TABLE mission_partners;
