-- +goose Up
CREATE TABLE cities (
    territory_id integer NOT NULL REFERENCES territories (id),
    id           text NOT NULL,
    name         text NOT NULL,
    name_key     text NOT NULL,
    country      text NOT NULL,
    zone         text NOT NULL,
    latitude     double precision,
    longitude    double precision,
    fictional    boolean NOT NULL,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id)
);
CREATE INDEX cities_name ON cities (territory_id, name_key, id);

CREATE TABLE sectors (
    territory_id integer NOT NULL REFERENCES territories (id),
    id           text NOT NULL,
    name         text NOT NULL,
    letter       text NOT NULL,
    shape        text NOT NULL,
    position     integer NOT NULL,
    source       text NOT NULL,
    PRIMARY KEY (territory_id, id)
);

-- Texts in several languages are JSON objects: {"fr": "...", "en": "..."}.
-- Lists are JSON arrays. city_key is the name_key of the city, and sectors says
-- what organisation_sectors does: lists are sorted and filtered by them.
CREATE TABLE organisations (
    territory_id integer NOT NULL REFERENCES territories (id),
    id           text NOT NULL,
    owner_id     text NOT NULL,
    fictional    boolean NOT NULL,
    source       text NOT NULL,
    name         text NOT NULL,
    name_key     text NOT NULL,
    legal_name   text NOT NULL,
    other_names  text NOT NULL,
    kind         text NOT NULL,
    country      text NOT NULL,
    city_id      text,
    city_key     text NOT NULL,
    sectors      text NOT NULL,
    street       text NOT NULL,
    postcode     text NOT NULL,
    siren        text NOT NULL,
    siret        text NOT NULL,
    foreign_id   text NOT NULL,
    naf          text NOT NULL,
    naf25        text NOT NULL,
    size         text NOT NULL,
    founded      text NOT NULL,
    site         text NOT NULL,
    email        text NOT NULL,
    phone        text NOT NULL,
    description  text NOT NULL,
    offers       text NOT NULL,
    needs        text NOT NULL,
    logo         text NOT NULL,
    merged_into  text,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, city_id) REFERENCES cities (territory_id, id)
);
-- Lists are filtered, counted and paged in an index alone, one for each order.
CREATE INDEX organisations_list ON organisations
    (territory_id, name_key, id, owner_id, country, kind, size, sectors, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX organisations_by_city ON organisations
    (territory_id, city_key, name_key, id, owner_id, country, kind, size, sectors, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX organisations_updated ON organisations
    (territory_id, updated_at, id, owner_id, country, kind, size, sectors, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX organisations_owner ON organisations (territory_id, owner_id) WHERE owner_id <> '';
CREATE INDEX organisations_city ON organisations (territory_id, city_id);
-- What few rows pass is counted in an index alone, too.
CREATE INDEX organisations_country ON organisations (territory_id, country, id, owner_id, kind, size, sectors, deleted_at);
CREATE INDEX organisations_kind ON organisations (territory_id, kind, size, id, owner_id, country, sectors, deleted_at);
CREATE INDEX organisations_trash ON organisations (territory_id, name_key, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX organisations_siren ON organisations (territory_id, siren);

CREATE TABLE organisation_sectors (
    territory_id    integer NOT NULL,
    organisation_id text NOT NULL,
    sector_id       text NOT NULL,
    PRIMARY KEY (territory_id, organisation_id, sector_id),
    FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations (territory_id, id),
    FOREIGN KEY (territory_id, sector_id) REFERENCES sectors (territory_id, id)
);
CREATE INDEX organisation_sectors_sector ON organisation_sectors (territory_id, sector_id);

-- The other places of an organisation, beside its main address.
CREATE TABLE organisation_addresses (
    territory_id    integer NOT NULL,
    id              text NOT NULL,
    owner_id        text NOT NULL,
    fictional       boolean NOT NULL,
    organisation_id text NOT NULL,
    label           text NOT NULL,
    street          text NOT NULL,
    postcode        text NOT NULL,
    city_id         text,
    country         text NOT NULL,
    zone            text NOT NULL,
    version         integer NOT NULL,
    created_at      text NOT NULL,
    updated_at      text NOT NULL,
    deleted_at      text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations (territory_id, id),
    FOREIGN KEY (territory_id, city_id) REFERENCES cities (territory_id, id)
);
CREATE INDEX organisation_addresses_organisation ON organisation_addresses (territory_id, organisation_id);
CREATE INDEX organisation_addresses_city ON organisation_addresses (territory_id, city_id);

-- +goose Down
DROP TABLE organisation_addresses;
DROP TABLE organisation_sectors;
DROP TABLE organisations;
DROP TABLE sectors;
DROP TABLE cities;
