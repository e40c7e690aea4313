-- +goose Up
-- A Word document of the office that is filled with the fields of records: one
-- for each kind of document and language. What it holds is kept under its hash.
CREATE TABLE document_templates (
    territory_id integer NOT NULL REFERENCES territories (id),
    id           text NOT NULL,
    kind         text NOT NULL,
    language     text NOT NULL,
    name         text NOT NULL,
    hash         text NOT NULL,
    version      integer NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    deleted_at   text,
    PRIMARY KEY (territory_id, id)
);
CREATE INDEX document_templates_kind ON document_templates (territory_id, kind, language);

-- +goose Down
DROP TABLE document_templates;
