-- +goose Up
-- What the register of companies answered, by question: public data, the same
-- for all territories.
CREATE TABLE register_answers (
    question text PRIMARY KEY,
    answer   text NOT NULL,
    at       text NOT NULL
);

-- +goose Down
DROP TABLE register_answers;
