-- name: outcome :one
SELECT u.*, o.name FROM outcomes u
JOIN organisations o ON o.territory_id = u.territory_id AND o.id = u.organisation_id
WHERE u.territory_id = $1 AND u.id = $2;

-- name: outcomesOf :many
SELECT u.*, o.name FROM outcomes u
JOIN organisations o ON o.territory_id = u.territory_id AND o.id = u.organisation_id
WHERE u.territory_id = $1 AND u.mission_id = $2 AND u.deleted_at IS NULL ORDER BY u.id;

-- name: addOutcome :exec
INSERT INTO outcomes (territory_id, id, mission_id, organisation_id, participant_id, meeting_id, owner_id, fictional, kind, state,
    text, happened_on, amount, currency, publishable, declared_by, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19);

-- name: editOutcome :exec
UPDATE outcomes SET kind = $1, state = $2, text = $3, happened_on = $4, amount = $5, currency = $6, publishable = $7,
    meeting_id = $8, organisation_id = $9, version = $10, updated_at = $11, deleted_at = $12
WHERE territory_id = $13 AND id = $14;


-- name: declaredByMission :many
SELECT m.id, m.title, count(*) AS declared FROM outcomes u
JOIN missions m ON m.territory_id = u.territory_id AND m.id = u.mission_id
WHERE u.territory_id = $1 AND u.state = 'declared' AND u.deleted_at IS NULL AND m.deleted_at IS NULL
GROUP BY m.id, m.title, m.starts_on ORDER BY m.starts_on DESC, m.id LIMIT 10;
