-- name: putWords :exec
INSERT INTO search_words (territory_id, kind, record_id, owner_id, organisation_id, title, detail, beginning, words)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (territory_id, kind, record_id) DO UPDATE SET
    owner_id = excluded.owner_id, organisation_id = excluded.organisation_id, title = excluded.title,
    detail = excluded.detail, beginning = excluded.beginning, words = excluded.words;

-- name: dropWords :exec
DELETE FROM search_words WHERE territory_id = $1 AND kind = $2 AND record_id = $3;
