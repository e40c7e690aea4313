-- +goose Up
-- A form that people outside fill in. Its questions are records of their own;
-- form_versions keeps them as they were when somebody first answered them.
CREATE TABLE forms (
    territory_id integer NOT NULL REFERENCES territories (id),
    id           text NOT NULL,
    owner_id     text NOT NULL,
    fictional    boolean NOT NULL,
    title        text NOT NULL,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id)
);

-- One question of a form. Texts in several languages are JSON objects; options
-- are written "1 = Oui | Yes", and asked_when "ID of a question = 1, 2".
CREATE TABLE form_questions (
    territory_id integer NOT NULL,
    id           text NOT NULL,
    form_id      text NOT NULL,
    fictional    boolean NOT NULL,
    position     integer NOT NULL,
    type         text NOT NULL,
    label        text NOT NULL,
    help         text NOT NULL,
    required     boolean NOT NULL,
    options      text NOT NULL,
    asked_when   text NOT NULL,
    currency     text NOT NULL,
    edition      text NOT NULL,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, form_id) REFERENCES forms (territory_id, id)
);
CREATE INDEX form_questions_form ON form_questions (territory_id, form_id, position);

-- The questions of a form as they are answered: never changed. Numbers count
-- from 1.
CREATE TABLE form_versions (
    territory_id integer NOT NULL,
    form_id      text NOT NULL,
    number       integer NOT NULL,
    questions    text NOT NULL,
    created_at   text NOT NULL,
    PRIMARY KEY (territory_id, form_id, number),
    FOREIGN KEY (territory_id, form_id) REFERENCES forms (territory_id, id)
);

-- +goose Down
DROP TABLE form_versions;
DROP TABLE form_questions;
DROP TABLE forms;
