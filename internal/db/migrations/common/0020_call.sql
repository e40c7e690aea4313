-- +goose Up
-- A call for companies to take part in a mission. form_number is the version of
-- the form that is answered, 0 as long as the call was never published.
CREATE TABLE calls (
    territory_id integer NOT NULL,
    id           text NOT NULL,
    mission_id   text NOT NULL,
    owner_id     text NOT NULL,
    fictional    boolean NOT NULL,
    slug         text NOT NULL,
    title        text NOT NULL,
    intro        text NOT NULL,
    criteria     text NOT NULL,
    costs        text NOT NULL,
    opens_at     text,
    closes_at    text,
    form_id      text,
    form_number  integer NOT NULL,
    places       integer NOT NULL,
    published    boolean NOT NULL,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, form_id) REFERENCES forms (territory_id, id)
);
CREATE UNIQUE INDEX calls_slug ON calls (territory_id, slug);
CREATE INDEX calls_mission ON calls (territory_id, mission_id, id);

-- A company's answer to a call. typed is what was typed, until it is handed in;
-- answers are then what was read of it. company holds what was said of the
-- company, by the fields of organisations. double_of is the application that
-- the same company had handed in before.
CREATE TABLE applications (
    territory_id    integer NOT NULL,
    id              text NOT NULL,
    call_id         text NOT NULL,
    mission_id      text NOT NULL,
    owner_id        text NOT NULL,
    fictional       boolean NOT NULL,
    organisation_id text,
    state           text NOT NULL,
    name            text NOT NULL,
    name_key        text NOT NULL,
    siret           text NOT NULL,
    company         text NOT NULL,
    contact         text NOT NULL,
    function        text NOT NULL,
    phone           text NOT NULL,
    email           text NOT NULL,
    language        text NOT NULL,
    form_id         text NOT NULL,
    form_number     integer NOT NULL,
    typed           text NOT NULL,
    answers         text NOT NULL,
    opened_at       text,
    submitted_at    text,
    late_until      text,
    double_of       text,
    version         integer NOT NULL,
    created_at      text NOT NULL,
    updated_at      text NOT NULL,
    deleted_at      text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, call_id) REFERENCES calls (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations (territory_id, id),
    FOREIGN KEY (territory_id, form_id, form_number) REFERENCES form_versions (territory_id, form_id, number),
    FOREIGN KEY (territory_id, double_of) REFERENCES applications (territory_id, id)
);
CREATE INDEX applications_call ON applications (territory_id, call_id, state, id);
CREATE INDEX applications_email ON applications (territory_id, call_id, email);
CREATE INDEX applications_organisation ON applications (territory_id, organisation_id);

-- The sectors that a company named when it handed its application in.
CREATE TABLE application_sectors (
    territory_id   integer NOT NULL,
    application_id text NOT NULL,
    sector_id      text NOT NULL,
    PRIMARY KEY (territory_id, application_id, sector_id),
    FOREIGN KEY (territory_id, application_id) REFERENCES applications (territory_id, id),
    FOREIGN KEY (territory_id, sector_id) REFERENCES sectors (territory_id, id)
);

-- The documents that came with an application, each under the key of a question.
CREATE TABLE application_documents (
    territory_id   integer NOT NULL,
    application_id text NOT NULL,
    question       text NOT NULL,
    file_id        text NOT NULL,
    PRIMARY KEY (territory_id, application_id, question, file_id),
    FOREIGN KEY (territory_id, application_id) REFERENCES applications (territory_id, id),
    FOREIGN KEY (territory_id, file_id) REFERENCES files (territory_id, id)
);

-- What was written to a number of companies at once, to invite them.
CREATE TABLE call_mailings (
    territory_id integer NOT NULL,
    id           text NOT NULL,
    call_id      text NOT NULL,
    subject      text NOT NULL,
    body         text NOT NULL,
    created_at   text NOT NULL,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, call_id) REFERENCES calls (territory_id, id)
);

-- A company that was invited, and whom the letter was sent to. sent_at is when it
-- left, skipped why it did not.
CREATE TABLE invitations (
    territory_id    integer NOT NULL,
    id              text NOT NULL,
    call_id         text NOT NULL,
    mailing_id      text NOT NULL,
    mission_id      text NOT NULL,
    owner_id        text NOT NULL,
    fictional       boolean NOT NULL,
    organisation_id text NOT NULL,
    person_id       text,
    name            text NOT NULL,
    email           text NOT NULL,
    language        text NOT NULL,
    skipped         text NOT NULL,
    application_id  text,
    sent_at         text,
    declined_at     text,
    version         integer NOT NULL,
    created_at      text NOT NULL,
    updated_at      text NOT NULL,
    deleted_at      text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, call_id) REFERENCES calls (territory_id, id),
    FOREIGN KEY (territory_id, mailing_id) REFERENCES call_mailings (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations (territory_id, id),
    FOREIGN KEY (territory_id, person_id) REFERENCES people (territory_id, id),
    FOREIGN KEY (territory_id, application_id) REFERENCES applications (territory_id, id)
);
CREATE INDEX invitations_call ON invitations (territory_id, call_id, id);
CREATE INDEX invitations_mailing ON invitations (territory_id, mailing_id, id);
CREATE INDEX invitations_organisation ON invitations (territory_id, organisation_id);
CREATE INDEX invitations_person ON invitations (territory_id, person_id);

-- +goose Down
DROP TABLE invitations;
DROP TABLE call_mailings;
DROP TABLE application_documents;
DROP TABLE application_sectors;
DROP TABLE applications;
DROP TABLE calls;
