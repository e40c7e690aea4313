-- name: addImport :exec
INSERT INTO imports (territory_id, id, file_name, tables, mapping, state, actor, actor_name, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: findImport :one
SELECT file_name, mapping, state, job, actor, actor_name, created_at, ended_at FROM imports WHERE territory_id = $1 AND id = $2;

-- name: importTables :one
SELECT tables FROM imports WHERE territory_id = $1 AND id = $2;

-- name: lastImports :many
SELECT id, file_name, state, actor_name, created_at FROM imports WHERE territory_id = $1 ORDER BY id DESC LIMIT 20;

-- name: mapImport :exec
UPDATE imports SET mapping = $1, state = $2 WHERE territory_id = $3 AND id = $4;

-- name: moveImport :exec
UPDATE imports SET state = $1, ended_at = $2 WHERE territory_id = $3 AND id = $4;

-- name: workOn :exec
UPDATE imports SET job = $1 WHERE territory_id = $2 AND id = $3;

-- name: dropLines :exec
DELETE FROM import_lines WHERE territory_id = $1 AND import_id = $2;

-- name: dropImport :exec
DELETE FROM imports WHERE territory_id = $1 AND id = $2;

-- name: oldImports :many
SELECT territory_id, id FROM imports WHERE created_at < $1 ORDER BY created_at LIMIT 50;

-- name: importsOf :many
SELECT id FROM imports WHERE territory_id = $1 ORDER BY id;

-- name: keepTables :exec
UPDATE imports SET tables = $1 WHERE territory_id = $2 AND id = $3;

-- name: emptyLine :exec
UPDATE import_lines SET title = '', said = '{}', choice = 'skip', state = CASE WHEN state = '' THEN 'skipped' ELSE state END
WHERE territory_id = $1 AND import_id = $2 AND position = $3;

-- name: forgetActor :exec
UPDATE imports SET actor_name = '' WHERE territory_id = $1 AND actor = $2;

-- name: countLines :many
SELECT status, choice, state, count(*) AS n FROM import_lines
WHERE territory_id = $1 AND import_id = $2 GROUP BY status, choice, state;

-- name: chooseLine :exec
UPDATE import_lines SET choice = sqlc.arg(choice)
WHERE territory_id = sqlc.arg(territory_id) AND import_id = sqlc.arg(import_id) AND position = sqlc.arg(position) AND state = '';

-- name: endLine :exec
UPDATE import_lines SET state = $1, record_id = $2, said = $3 WHERE territory_id = $4 AND import_id = $5 AND position = $6;
