-- name: session :one
SELECT * FROM programme_sessions WHERE territory_id = $1 AND id = $2;

-- name: sessionsOf :many
SELECT * FROM programme_sessions WHERE territory_id = $1 AND mission_id = $2 AND deleted_at IS NULL ORDER BY starts_at, id;

-- name: addSession :exec
INSERT INTO programme_sessions (territory_id, id, mission_id, fictional, leg_id, venue_id, kind, title, starts_at, ends_at,
    participant_ids, published, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);

-- name: editSession :exec
UPDATE programme_sessions SET leg_id = $1, venue_id = $2, kind = $3, title = $4, starts_at = $5, ends_at = $6,
    participant_ids = $7, published = $8, version = $9, updated_at = $10, deleted_at = $11
WHERE territory_id = $12 AND id = $13;
