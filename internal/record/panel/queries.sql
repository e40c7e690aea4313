-- name: note :one
SELECT * FROM notes WHERE territory_id = $1 AND id = $2;

-- name: addNote :exec
INSERT INTO notes (territory_id, id, kind, record_id, owner_id, organisation_id, mission_id, text, author, author_name, fictional, version,
    created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: editNote :exec
UPDATE notes SET kind = $1, record_id = $2, organisation_id = $3, text = $4, version = $5, updated_at = $6, deleted_at = $7
WHERE territory_id = $8 AND id = $9;

-- name: file :one
SELECT * FROM files WHERE territory_id = $1 AND id = $2;

-- name: fileNamed :one
SELECT id FROM files WHERE territory_id = $1 AND kind = $2 AND record_id = $3 AND name = $4 AND deleted_at IS NULL;

-- name: addFile :exec
INSERT INTO files (territory_id, id, kind, record_id, owner_id, organisation_id, mission_id, name, number, fictional, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: editFile :exec
UPDATE files SET kind = $1, record_id = $2, organisation_id = $3, name = $4, number = $5, version = $6, updated_at = $7,
    deleted_at = $8
WHERE territory_id = $9 AND id = $10;

-- name: contents :many
SELECT number, hash, size, type, author, author_name, created_at FROM file_contents
WHERE territory_id = $1 AND file_id = $2 ORDER BY number DESC;

-- name: addContent :exec
INSERT INTO file_contents (territory_id, file_id, number, hash, size, type, author, author_name, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: dropContents :exec
DELETE FROM file_contents WHERE territory_id = $1 AND file_id = $2;

-- name: holdsContent :one
SELECT count(*) FROM file_contents WHERE territory_id = $1 AND hash = $2;

-- name: task :one
SELECT * FROM tasks WHERE territory_id = $1 AND id = $2;

-- name: addTask :exec
INSERT INTO tasks (territory_id, id, kind, record_id, owner_id, organisation_id, mission_id, title, member_id, due, done, fictional, version,
    created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);

-- name: editTask :exec
UPDATE tasks SET kind = $1, record_id = $2, organisation_id = $3, title = $4, member_id = $5, due = $6, done = $7, version = $8,
    updated_at = $9, deleted_at = $10
WHERE territory_id = $11 AND id = $12;

-- name: remind :execrows
INSERT INTO reminders (territory_id, user_id, day) VALUES ($1, $2, $3)
ON CONFLICT (territory_id, user_id, day) DO NOTHING;

-- name: forgetReminders :exec
DELETE FROM reminders WHERE territory_id = $1 AND day < $2;

-- name: forgetNoteAuthor :exec
UPDATE notes SET author_name = '' WHERE territory_id = $1 AND author = $2;

-- name: forgetContentAuthor :exec
UPDATE file_contents SET author_name = '' WHERE territory_id = $1 AND author = $2;

-- name: leaveTasks :exec
UPDATE tasks SET member_id = '' WHERE territory_id = $1 AND member_id = $2;

-- name: dropReminders :exec
DELETE FROM reminders WHERE territory_id = $1 AND user_id = $2;

-- name: dropViews :exec
DELETE FROM views WHERE territory_id = $1 AND user_id = $2;

-- name: viewsOf :many
SELECT id, name, query FROM views WHERE territory_id = $1 AND user_id = $2 AND kind = $3 ORDER BY name, id;

-- name: addView :exec
INSERT INTO views (territory_id, id, user_id, kind, name, query, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: dropView :exec
DELETE FROM views WHERE territory_id = $1 AND user_id = $2 AND id = $3;
