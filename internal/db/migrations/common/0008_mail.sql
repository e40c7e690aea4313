-- +goose Up
-- Every message that leaves, or would if there were a mail server. What it says
-- is kept while it waits, and without a server; it is emptied once it left or
-- was given up. territory_id is 0 where no territory sends it.
CREATE TABLE messages (
    id           text PRIMARY KEY,
    territory_id integer NOT NULL,
    recipient    text NOT NULL,
    subject      text NOT NULL,
    state        text NOT NULL,
    content      text NOT NULL,
    failure      text NOT NULL,
    created_at   text NOT NULL,
    ended_at     text
);
CREATE INDEX messages_territory ON messages (territory_id, id);
CREATE INDEX messages_created ON messages (created_at);

-- +goose Down
DROP TABLE messages;
