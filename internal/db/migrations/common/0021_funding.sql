-- +goose Up
-- How many units of a currency one euro was worth on a day, as a decimal number.
CREATE TABLE exchange_rates (
    territory_id integer NOT NULL REFERENCES territories (id),
    currency     text NOT NULL,
    day          text NOT NULL,
    units        text NOT NULL,
    source       text NOT NULL,
    PRIMARY KEY (territory_id, currency, day)
);

-- A line of the budget of a mission. Amounts are in minor units of the currency,
-- before tax (net) and with it (gross). No partner: the territory pays itself.
-- aid_country is that to which it is development aid, or ''.
CREATE TABLE expenses (
    territory_id  integer NOT NULL,
    id            text NOT NULL,
    mission_id    text NOT NULL,
    owner_id      text NOT NULL,
    fictional     boolean NOT NULL,
    label         text NOT NULL,
    category      text NOT NULL,
    partner_id    text,
    currency      text NOT NULL,
    planned_net   bigint NOT NULL,
    planned_gross bigint NOT NULL,
    planned_on    text NOT NULL,
    aid_country   text NOT NULL,
    version       integer NOT NULL,
    created_at    text NOT NULL,
    updated_at    text NOT NULL,
    deleted_at    text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, partner_id) REFERENCES organisations (territory_id, id)
);
CREATE INDEX expenses_mission ON expenses (territory_id, mission_id, category, id);
CREATE INDEX expenses_partner ON expenses (territory_id, partner_id);

-- What a company is asked to pay for its part in a mission. paid_on is '' as
-- long as it is not paid, reconciled_on as long as the finance system's file
-- does not say it.
CREATE TABLE fees (
    territory_id    integer NOT NULL,
    id              text NOT NULL,
    mission_id      text NOT NULL,
    organisation_id text NOT NULL,
    owner_id        text NOT NULL,
    fictional       boolean NOT NULL,
    label           text NOT NULL,
    currency        text NOT NULL,
    net             bigint NOT NULL,
    gross           bigint NOT NULL,
    due_on          text NOT NULL,
    paid_on         text NOT NULL,
    reference       text NOT NULL,
    reconciled_on   text NOT NULL,
    version         integer NOT NULL,
    created_at      text NOT NULL,
    updated_at      text NOT NULL,
    deleted_at      text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations (territory_id, id)
);
CREATE INDEX fees_mission ON fees (territory_id, mission_id, due_on, id);
CREATE INDEX fees_organisation ON fees (territory_id, organisation_id);
CREATE INDEX fees_reference ON fees (territory_id, reference);

-- Financial support to a company, from its request on. authority_id is who
-- grants it, funder_id who pays where that is another. amount is the gross grant
-- equivalent that was awarded, 0 before.
CREATE TABLE grants (
    territory_id    integer NOT NULL REFERENCES territories (id),
    id              text NOT NULL,
    owner_id        text NOT NULL,
    fictional       boolean NOT NULL,
    organisation_id text NOT NULL,
    mission_id      text,
    authority_id    text,
    funder_id       text,
    number          text NOT NULL,
    object          text NOT NULL,
    state           text NOT NULL,
    requested_on    text NOT NULL,
    currency        text NOT NULL,
    requested       bigint NOT NULL,
    opinion         text NOT NULL,
    decided_on      text NOT NULL,
    amount          bigint NOT NULL,
    instrument      text NOT NULL,
    regulation      text NOT NULL,
    basis           text NOT NULL,
    decision        text NOT NULL,
    reason          text NOT NULL,
    conditions      text NOT NULL,
    pays_from       text NOT NULL,
    pays_to         text NOT NULL,
    scheme          text NOT NULL,
    register_number text NOT NULL,
    registered_on   text NOT NULL,
    version         integer NOT NULL,
    created_at      text NOT NULL,
    updated_at      text NOT NULL,
    deleted_at      text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations (territory_id, id),
    FOREIGN KEY (territory_id, mission_id) REFERENCES missions (territory_id, id),
    FOREIGN KEY (territory_id, authority_id) REFERENCES organisations (territory_id, id),
    FOREIGN KEY (territory_id, funder_id) REFERENCES organisations (territory_id, id)
);
CREATE INDEX grants_requested ON grants (territory_id, requested_on, id);
CREATE INDEX grants_decided ON grants (territory_id, state, decided_on);
CREATE INDEX grants_organisation ON grants (territory_id, organisation_id);
CREATE INDEX grants_authority ON grants (territory_id, authority_id);
CREATE INDEX grants_funder ON grants (territory_id, funder_id);

-- A cost that a grant is asked for, eligible or not.
CREATE TABLE grant_costs (
    territory_id integer NOT NULL,
    id           text NOT NULL,
    grant_id     text NOT NULL,
    owner_id     text NOT NULL,
    fictional    boolean NOT NULL,
    label        text NOT NULL,
    amount       bigint NOT NULL,
    eligible     text NOT NULL,
    reason       text NOT NULL,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, grant_id) REFERENCES grants (territory_id, id)
);
CREATE INDEX grant_costs_grant ON grant_costs (territory_id, grant_id, id);

-- A commitment, an invoice or a payment, of a line of a budget or of a grant, as
-- the finance system knows it by its reference.
CREATE TABLE postings (
    territory_id  integer NOT NULL REFERENCES territories (id),
    id            text NOT NULL,
    expense_id    text,
    grant_id      text,
    owner_id      text NOT NULL,
    fictional     boolean NOT NULL,
    kind          text NOT NULL,
    label         text NOT NULL,
    posted_on     text NOT NULL,
    reference     text NOT NULL,
    currency      text NOT NULL,
    net           bigint NOT NULL,
    gross         bigint NOT NULL,
    reconciled_on text NOT NULL,
    version       integer NOT NULL,
    created_at    text NOT NULL,
    updated_at    text NOT NULL,
    deleted_at    text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, expense_id) REFERENCES expenses (territory_id, id),
    FOREIGN KEY (territory_id, grant_id) REFERENCES grants (territory_id, id)
);
CREATE INDEX postings_expense ON postings (territory_id, expense_id, posted_on, id);
CREATE INDEX postings_grant ON postings (territory_id, grant_id, posted_on, id);
CREATE INDEX postings_reference ON postings (territory_id, reference);

-- Aid of other funders that a company declares. amount is in euro cents.
CREATE TABLE aid_declarations (
    territory_id    integer NOT NULL,
    id              text NOT NULL,
    organisation_id text NOT NULL,
    owner_id        text NOT NULL,
    fictional       boolean NOT NULL,
    funder          text NOT NULL,
    regulation      text NOT NULL,
    awarded_on      text NOT NULL,
    amount          bigint NOT NULL,
    declared_on     text NOT NULL,
    source          text NOT NULL,
    version         integer NOT NULL,
    created_at      text NOT NULL,
    updated_at      text NOT NULL,
    deleted_at      text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations (territory_id, id)
);
CREATE INDEX aid_declarations_organisation ON aid_declarations (territory_id, organisation_id, awarded_on);

-- How much aid a regulation lets one undertaking have, over how many years, for
-- awards of the days from valid_from to valid_to. counts names the regulations
-- whose aid adds up. These rows come before those that the program brings.
CREATE TABLE aid_ceilings (
    territory_id  integer NOT NULL REFERENCES territories (id),
    id            text NOT NULL,
    owner_id      text NOT NULL,
    fictional     boolean NOT NULL,
    regulation    text NOT NULL,
    amount        bigint NOT NULL,
    years         integer NOT NULL,
    valid_from    text NOT NULL,
    valid_to      text NOT NULL,
    counts        text NOT NULL,
    register_from text NOT NULL,
    register_days integer NOT NULL,
    source        text NOT NULL,
    version       integer NOT NULL,
    created_at    text NOT NULL,
    updated_at    text NOT NULL,
    deleted_at    text,
    PRIMARY KEY (territory_id, id)
);

-- +goose Down
DROP TABLE aid_ceilings;
DROP TABLE aid_declarations;
DROP TABLE postings;
DROP TABLE grant_costs;
DROP TABLE grants;
DROP TABLE fees;
DROP TABLE expenses;
DROP TABLE exchange_rates;
