-- name: engagementsOf :many
SELECT * FROM engagements WHERE territory_id = $1 AND mission_id = $2 AND kind = $3 ORDER BY starts_at, id;

-- name: engagedOf :many
SELECT g.engagement_id, g.thing_kind, g.thing_id, g.number FROM engaged g
JOIN engagements e ON e.territory_id = g.territory_id AND e.id = g.engagement_id
WHERE g.territory_id = $1 AND e.mission_id = $2 AND e.kind = $3
ORDER BY g.engagement_id, g.thing_kind, g.thing_id, g.number;

-- name: putEngagement :exec
INSERT INTO engagements (territory_id, id, mission_id, kind, record_id, title, starts_at, ends_at, zone, venue_id, spot,
    interpreted, fictional, loose, cancelled, sequence, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
ON CONFLICT (territory_id, id) DO UPDATE SET
    title = excluded.title, starts_at = excluded.starts_at, ends_at = excluded.ends_at, zone = excluded.zone,
    venue_id = excluded.venue_id, spot = excluded.spot, interpreted = excluded.interpreted, loose = excluded.loose,
    cancelled = excluded.cancelled, sequence = excluded.sequence, updated_at = excluded.updated_at;

-- name: addEngaged :exec
INSERT INTO engaged (territory_id, engagement_id, thing_kind, thing_id, number) VALUES ($1, $2, $3, $4, $5);

-- name: dropEngaged :exec
DELETE FROM engaged WHERE territory_id = $1 AND engagement_id = $2;

-- name: addTick :exec
INSERT INTO ticks (territory_id, thing, tick, engagement_id) VALUES ($1, $2, $3, $4);

-- name: dropTicks :exec
DELETE FROM ticks WHERE territory_id = $1 AND engagement_id = $2;

-- name: engagementsOfParticipant :many
SELECT e.* FROM engagements e
WHERE e.territory_id = $1 AND e.id IN (
    SELECT g.engagement_id FROM engaged g
    JOIN seats s ON s.territory_id = g.territory_id AND s.id = g.thing_id
    WHERE g.territory_id = $1 AND g.thing_kind = 'seat' AND s.participant_id = $2
)
ORDER BY e.starts_at, e.id;

-- name: seatedOfParticipant :many
SELECT g.engagement_id, s.participant_id, s.number, s.person_id FROM engaged g
JOIN seats s ON s.territory_id = g.territory_id AND s.id = g.thing_id
WHERE g.territory_id = $1 AND g.thing_kind = 'seat' AND g.engagement_id IN (
    SELECT h.engagement_id FROM engaged h
    JOIN seats o ON o.territory_id = h.territory_id AND o.id = h.thing_id
    WHERE h.territory_id = $1 AND h.thing_kind = 'seat' AND o.participant_id = $2
)
ORDER BY g.engagement_id, s.participant_id, s.number;

-- name: notice :one
SELECT * FROM notices WHERE territory_id = $1 AND id = $2;

-- name: noticesOf :many
SELECT * FROM notices WHERE territory_id = $1 AND mission_id = $2 AND deleted_at IS NULL ORDER BY id DESC;

-- name: addNotice :exec
INSERT INTO notices (territory_id, id, mission_id, fictional, audience, text, sent_by, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: editNotice :exec
UPDATE notices SET text = $1, version = $2, updated_at = $3, deleted_at = $4 WHERE territory_id = $5 AND id = $6;

-- name: addReader :exec
INSERT INTO notice_readers (territory_id, notice_id, participant_id, mailed) VALUES ($1, $2, $3, $4);

-- name: noteRead :exec
UPDATE notice_readers SET read_at = $1 WHERE territory_id = $2 AND notice_id = $3 AND participant_id = $4 AND read_at IS NULL;

-- name: readersOf :many
SELECT r.notice_id, r.participant_id, r.mailed, r.read_at, o.name FROM notice_readers r
JOIN notices n ON n.territory_id = r.territory_id AND n.id = r.notice_id
JOIN participants p ON p.territory_id = r.territory_id AND p.id = r.participant_id
JOIN organisations o ON o.territory_id = p.territory_id AND o.id = p.organisation_id
WHERE r.territory_id = $1 AND n.mission_id = $2
ORDER BY o.name_key, r.participant_id;

-- name: noticesFor :many
SELECT n.id, n.text, n.sent_by, n.created_at, r.read_at FROM notices n
JOIN notice_readers r ON r.territory_id = n.territory_id AND r.notice_id = n.id
WHERE r.territory_id = $1 AND r.participant_id = $2 AND n.deleted_at IS NULL
ORDER BY n.id DESC;

-- name: seatedAt :many
SELECT DISTINCT s.participant_id FROM engaged g
JOIN engagements e ON e.territory_id = g.territory_id AND e.id = g.engagement_id
JOIN seats s ON s.territory_id = g.territory_id AND s.id = g.thing_id
WHERE g.territory_id = $1 AND e.kind = $2 AND e.record_id = $3 AND g.thing_kind = 'seat';
