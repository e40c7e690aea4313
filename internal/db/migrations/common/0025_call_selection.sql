-- +goose Up
-- How the companies of a call are chosen: criteria with their weights, who gives
-- marks, places kept for sectors, how ties are broken, who is eligible.
-- decided_at is when it was decided about all at once.
CREATE TABLE call_selections (
    territory_id integer NOT NULL,
    id           text NOT NULL,
    call_id      text NOT NULL,
    mission_id   text NOT NULL,
    owner_id     text NOT NULL,
    fictional    boolean NOT NULL,
    criteria     text NOT NULL,
    assessors    text NOT NULL,
    quotas       text NOT NULL,
    ties         text NOT NULL,
    seed         integer NOT NULL,
    pass_mark    integer NOT NULL,
    waiting      integer NOT NULL,
    sectors      text NOT NULL,
    sizes        text NOT NULL,
    postcodes    text NOT NULL,
    answers      text NOT NULL,
    decided_at   text,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, call_id) REFERENCES calls (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id)
);
CREATE UNIQUE INDEX call_selections_call ON call_selections (territory_id, call_id);

-- What an assessor thinks of an application: points for each criterion. With
-- conflict, the assessor stays out of it.
CREATE TABLE call_scores (
    territory_id   integer NOT NULL,
    id             text NOT NULL,
    application_id text NOT NULL,
    call_id        text NOT NULL,
    mission_id     text NOT NULL,
    owner_id       text NOT NULL,
    fictional      boolean NOT NULL,
    user_id        text NOT NULL,
    points         text NOT NULL,
    comment        text NOT NULL,
    conflict       boolean NOT NULL,
    version        integer NOT NULL,
    created_at     text NOT NULL,
    updated_at     text NOT NULL,
    deleted_at     text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, application_id) REFERENCES applications (territory_id, id),
    FOREIGN KEY (territory_id, call_id) REFERENCES calls (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id)
);
CREATE UNIQUE INDEX call_scores_one ON call_scores (territory_id, application_id, user_id);
CREATE INDEX call_scores_call ON call_scores (territory_id, call_id);

-- What the office made of an application: a ruling on whether it is eligible,
-- against the rules and with its grounds; why it was decided as it was; its turn
-- on the waiting list, 0 for none; when the letter left.
CREATE TABLE call_reviews (
    territory_id   integer NOT NULL,
    id             text NOT NULL,
    application_id text NOT NULL,
    call_id        text NOT NULL,
    mission_id     text NOT NULL,
    owner_id       text NOT NULL,
    fictional      boolean NOT NULL,
    ruling         text NOT NULL,
    grounds        text NOT NULL,
    reason         text NOT NULL,
    turn           integer NOT NULL,
    decided_at     text,
    letter_at      text,
    version        integer NOT NULL,
    created_at     text NOT NULL,
    updated_at     text NOT NULL,
    deleted_at     text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, application_id) REFERENCES applications (territory_id, id),
    FOREIGN KEY (territory_id, call_id) REFERENCES calls (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id)
);
CREATE UNIQUE INDEX call_reviews_one ON call_reviews (territory_id, application_id);
CREATE INDEX call_reviews_call ON call_reviews (territory_id, call_id);

-- +goose Down
DROP TABLE call_reviews;
DROP TABLE call_scores;
DROP TABLE call_selections;
