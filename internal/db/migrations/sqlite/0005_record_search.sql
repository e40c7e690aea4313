-- +goose Up
-- Three-letter pieces of the words, kept in step with search_words by triggers.
CREATE VIRTUAL TABLE search_trigrams USING fts5(words, content='search_words', tokenize="trigram case_sensitive 1");

-- +goose StatementBegin
CREATE TRIGGER search_words_insert AFTER INSERT ON search_words BEGIN
    INSERT INTO search_trigrams (rowid, words) VALUES (new.rowid, new.words);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_words_delete AFTER DELETE ON search_words BEGIN
    INSERT INTO search_trigrams (search_trigrams, rowid, words) VALUES ('delete', old.rowid, old.words);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER search_words_update AFTER UPDATE OF words ON search_words BEGIN
    INSERT INTO search_trigrams (search_trigrams, rowid, words) VALUES ('delete', old.rowid, old.words);
    INSERT INTO search_trigrams (rowid, words) VALUES (new.rowid, new.words);
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE search_trigrams;
