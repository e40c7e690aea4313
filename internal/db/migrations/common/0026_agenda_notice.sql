-- +goose Up
-- A message to people of a mission, shown on their agenda too. audience says to
-- whom: "all", "side:delegate", "leg:0193...", "session:0193...".
CREATE TABLE notices (
    territory_id integer NOT NULL,
    id           text NOT NULL,
    mission_id   text NOT NULL,
    fictional    boolean NOT NULL,
    audience     text NOT NULL,
    text         text NOT NULL,
    sent_by      text NOT NULL,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id)
);
CREATE INDEX notices_mission ON notices (territory_id, mission_id, id);

-- Who a message is for, and when they said that they read it.
CREATE TABLE notice_readers (
    territory_id   integer NOT NULL,
    notice_id      text NOT NULL,
    participant_id text NOT NULL,
    mailed         boolean NOT NULL,
    read_at        text,
    PRIMARY KEY (territory_id, notice_id, participant_id),
    FOREIGN KEY (territory_id, notice_id) REFERENCES notices (territory_id, id),
    FOREIGN KEY (territory_id, participant_id) REFERENCES participants (territory_id, id)
);
CREATE INDEX notice_readers_participant ON notice_readers (territory_id, participant_id);

-- +goose Down
DROP TABLE notice_readers;
DROP TABLE notices;
