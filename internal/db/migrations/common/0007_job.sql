-- +goose Up
-- The nodes that work on jobs now. One that does not count on is gone, and
-- others take its jobs. The jobs themselves are River's, in its own tables.
CREATE TABLE job_nodes (
    id    text PRIMARY KEY,
    beats integer NOT NULL
);

-- +goose Down
DROP TABLE job_nodes;
