-- +goose Up
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX search_words_trigrams ON search_words USING gin (words gin_trgm_ops);

-- +goose Down
DROP INDEX search_words_trigrams;
