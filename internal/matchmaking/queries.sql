-- name: wish :one
SELECT * FROM wishes WHERE territory_id = $1 AND id = $2;

-- name: wishesOf :many
SELECT * FROM wishes WHERE territory_id = $1 AND mission_id = $2 AND deleted_at IS NULL ORDER BY id;

-- name: addWish :exec
INSERT INTO wishes (territory_id, id, mission_id, from_id, to_id, fictional, kind, weight, minutes, venue_ids, from_seat, to_seat,
    remark, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16);

-- name: editWish :exec
UPDATE wishes SET kind = $1, weight = $2, minutes = $3, venue_ids = $4, from_seat = $5, to_seat = $6, remark = $7, version = $8,
    updated_at = $9, deleted_at = $10
WHERE territory_id = $11 AND id = $12;

-- name: request :one
SELECT * FROM requests WHERE territory_id = $1 AND id = $2;

-- name: requestsOf :many
SELECT * FROM requests WHERE territory_id = $1 AND mission_id = $2 AND deleted_at IS NULL ORDER BY id;

-- name: addRequest :exec
INSERT INTO requests (territory_id, id, mission_id, fictional, seats, starts_at, place_id, table_number, venue_ids, locked,
    version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: editRequest :exec
UPDATE requests SET seats = $1, starts_at = $2, place_id = $3, table_number = $4, venue_ids = $5, locked = $6, version = $7,
    updated_at = $8, deleted_at = $9
WHERE territory_id = $10 AND id = $11;

-- name: plan :one
SELECT * FROM plans WHERE territory_id = $1 AND id = $2;

-- name: plansOf :many
SELECT * FROM plans WHERE territory_id = $1 AND mission_id = $2 AND deleted_at IS NULL ORDER BY number DESC;

-- name: lastPlan :one
SELECT CAST(COALESCE(MAX(number), 0) AS integer) AS number FROM plans WHERE territory_id = $1 AND mission_id = $2;

-- name: addPlan :exec
INSERT INTO plans (territory_id, id, mission_id, fictional, number, state, seconds, slack, seed, previous_id, job_id, meetings,
    unmet, value, bound, proven, causes, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20);

-- name: editPlan :exec
UPDATE plans SET state = $1, job_id = $2, meetings = $3, unmet = $4, value = $5, bound = $6, proven = $7, causes = $8, version = $9,
    updated_at = $10, deleted_at = $11
WHERE territory_id = $12 AND id = $13;

-- name: putDocument :exec
INSERT INTO plan_documents (territory_id, plan_id, name, content) VALUES ($1, $2, $3, $4)
ON CONFLICT (territory_id, plan_id, name) DO UPDATE SET content = excluded.content;

-- name: document :one
SELECT content FROM plan_documents WHERE territory_id = $1 AND plan_id = $2 AND name = $3;

-- name: meeting :one
SELECT * FROM meetings WHERE territory_id = $1 AND id = $2;

-- name: meetingsOf :many
SELECT * FROM meetings WHERE territory_id = $1 AND mission_id = $2 AND deleted_at IS NULL ORDER BY starts_at, id;

-- name: addMeeting :exec
INSERT INTO meetings (territory_id, id, mission_id, fictional, uid, starts_at, ends_at, seats, venue_id, spot, interpreted_by, locked,
    state, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16);

-- name: editMeeting :exec
UPDATE meetings SET starts_at = $1, ends_at = $2, seats = $3, venue_id = $4, spot = $5, interpreted_by = $6, locked = $7, state = $8,
    version = $9, updated_at = $10, deleted_at = $11
WHERE territory_id = $12 AND id = $13;

-- name: draftsToPublish :many
SELECT p.id, p.number, m.title FROM plans p
JOIN missions m ON m.territory_id = p.territory_id AND m.id = p.mission_id
WHERE p.territory_id = $1 AND p.state = 'draft' AND p.deleted_at IS NULL AND m.deleted_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM plans n WHERE n.territory_id = p.territory_id AND n.mission_id = p.mission_id AND n.number > p.number
)
ORDER BY p.id DESC LIMIT 10;
