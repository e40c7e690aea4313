-- name: putWords :exec
INSERT INTO search_words (territory_id, kind, record_id, owner_id, organisation_id, mission_id, title, detail, beginning, words)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (territory_id, kind, record_id) DO UPDATE SET
    owner_id = excluded.owner_id, organisation_id = excluded.organisation_id, mission_id = excluded.mission_id, title = excluded.title,
    detail = excluded.detail, beginning = excluded.beginning, words = excluded.words;

-- name: dropWords :exec
DELETE FROM search_words WHERE territory_id = $1 AND kind = $2 AND record_id = $3;

-- name: relation :one
SELECT * FROM relations WHERE territory_id = $1 AND id = $2;

-- name: relationsOf :many
SELECT * FROM relations
WHERE territory_id = $1 AND deleted_at IS NULL AND (from_kind = $2 AND from_id = $3 OR to_kind = $2 AND to_id = $3)
ORDER BY id;

-- name: twins :one
SELECT count(*) FROM relations
WHERE territory_id = $1 AND from_kind = $2 AND from_id = $3 AND to_kind = $4 AND to_id = $5 AND role = $6 AND id <> $7
    AND deleted_at IS NULL;

-- name: addRelation :exec
INSERT INTO relations (territory_id, id, from_kind, from_id, to_kind, to_id, role, since, until, share, source, version,
    created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: editRelation :exec
UPDATE relations SET from_kind = $1, from_id = $2, to_kind = $3, to_id = $4, role = $5, since = $6, until = $7, share = $8,
    source = $9, version = $10, updated_at = $11, deleted_at = $12
WHERE territory_id = $13 AND id = $14;
