-- name: territoryBySlug :one
SELECT id, slug, name, country, languages, zone, currency, sea, deep, logo, fictional, version, created_at
FROM territories WHERE slug = $1;

-- name: territoryByID :one
SELECT id, slug, name, country, languages, zone, currency, sea, deep, logo, fictional, version, created_at
FROM territories WHERE id = $1;

-- name: territories :many
SELECT id, slug, name, country, languages, zone, currency, sea, deep, logo, fictional, version, created_at
FROM territories ORDER BY id;

-- name: territoriesOf :many
SELECT t.id, t.slug, t.name, t.country, t.languages, t.zone, t.currency, t.sea, t.deep, t.logo, t.fictional, t.version, t.created_at
FROM territories t JOIN members m ON m.territory_id = t.id WHERE m.user_id = $1 ORDER BY t.id;

-- name: lastTerritory :one
SELECT CAST(COALESCE(MAX(id), 0) AS integer) AS id FROM territories;

-- name: addTerritory :exec
INSERT INTO territories (id, slug, name, country, languages, zone, currency, sea, deep, logo, fictional, version, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12);

-- name: editTerritory :execrows
UPDATE territories SET name = $1, country = $2, languages = $3, zone = $4, currency = $5, sea = $6, deep = $7, logo = $8, version = version + 1
WHERE id = $9 AND version = $10;

-- name: member :one
SELECT role, organisation_id FROM members WHERE territory_id = $1 AND user_id = $2;

-- name: membersOf :many
SELECT m.user_id, m.role, m.organisation_id, m.created_at, u.name, u.email, u.disabled_at
FROM members m JOIN users u ON u.id = m.user_id
WHERE m.territory_id = $1 ORDER BY u.name, u.email;

-- name: addMember :exec
INSERT INTO members (territory_id, user_id, role, organisation_id, created_at) VALUES ($1, $2, $3, $4, $5);

-- name: editMember :execrows
UPDATE members SET role = $1, organisation_id = $2 WHERE territory_id = $3 AND user_id = $4;

-- name: removeMember :execrows
DELETE FROM members WHERE territory_id = $1 AND user_id = $2;

-- name: administrators :one
SELECT count(*) FROM members WHERE territory_id = $1 AND role = 'administrator';

-- name: giveDuty :exec
INSERT INTO duties (territory_id, mission_id, user_id, organisation_id, duty) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (territory_id, mission_id, user_id, organisation_id, duty) DO NOTHING;

-- name: takeDuty :exec
DELETE FROM duties WHERE territory_id = $1 AND mission_id = $2 AND user_id = $3 AND organisation_id = $4 AND duty = $5;

-- name: dutiesOf :many
SELECT mission_id, duty FROM duties
WHERE territory_id = $1 AND (user_id = $2 OR organisation_id <> '' AND organisation_id = $3)
ORDER BY mission_id, duty;

-- name: dutiesOn :many
SELECT user_id, organisation_id, duty FROM duties WHERE territory_id = $1 AND mission_id = $2
ORDER BY duty, organisation_id, user_id;
