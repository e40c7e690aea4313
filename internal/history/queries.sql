-- name: lastEntry :one
SELECT number, hash FROM history_entries
WHERE territory_id = $1 AND kind = $2 AND record_id = $3
ORDER BY number DESC LIMIT 1;

-- name: addEntry :exec
INSERT INTO history_entries (territory_id, id, kind, record_id, number, batch, action, actor, actor_name, at, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: addValue :exec
INSERT INTO history_values (territory_id, entry_id, field, before, after, salt, digest)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: recordEntries :many
SELECT id, kind, record_id, number, batch, action, actor, actor_name, at, hash, seal FROM history_entries
WHERE territory_id = $1 AND kind = $2 AND record_id = $3
ORDER BY number DESC LIMIT $4;

-- name: batchEntries :many
SELECT id, kind, record_id, number, batch, action, actor, actor_name, at, hash, seal FROM history_entries
WHERE territory_id = $1 AND batch = $2
ORDER BY id DESC;

-- name: entryValues :many
SELECT field, before, after, salt, digest, erased_at FROM history_values
WHERE territory_id = $1 AND entry_id = $2
ORDER BY field;

-- name: eraseValues :execrows
UPDATE history_values SET before = NULL, after = NULL, salt = NULL, erased_at = $1
WHERE history_values.territory_id = $2 AND erased_at IS NULL AND entry_id IN (
    SELECT id FROM history_entries e
    WHERE e.territory_id = $2 AND e.kind = $3 AND e.record_id = $4);

-- name: eraseActor :execrows
UPDATE history_entries SET actor_name = '' WHERE territory_id = $1 AND actor = $2;

-- name: countEntries :one
SELECT count(*) FROM history_entries WHERE territory_id = $1 AND kind = $2 AND record_id = $3;

-- name: territoriesToSeal :many
SELECT DISTINCT territory_id FROM history_entries WHERE seal IS NULL ORDER BY territory_id;

-- name: unsealed :many
SELECT id, hash FROM history_entries WHERE territory_id = $1 AND seal IS NULL ORDER BY id;

-- name: lastSeal :one
SELECT number, hash FROM history_seals WHERE territory_id = $1 ORDER BY number DESC LIMIT 1;

-- name: addSeal :exec
INSERT INTO history_seals (territory_id, number, entries, at, hash) VALUES ($1, $2, $3, $4, $5);

-- name: markSealed :exec
UPDATE history_entries SET seal = $1 WHERE territory_id = $2 AND seal IS NULL;

-- name: seals :many
SELECT number, entries, at, hash FROM history_seals WHERE territory_id = $1 ORDER BY number;

-- name: sealEntries :many
SELECT id, hash FROM history_entries WHERE territory_id = $1 AND seal = $2 ORDER BY id;

-- name: chained :many
SELECT id, kind, record_id, number, batch, action, actor, actor_name, at, hash, seal FROM history_entries
WHERE territory_id = $1
ORDER BY kind, record_id, number;

-- name: territoryValues :many
SELECT entry_id, field, before, after, salt, digest, erased_at FROM history_values
WHERE territory_id = $1
ORDER BY entry_id, field;
