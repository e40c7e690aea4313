-- name: form :one
SELECT * FROM forms WHERE territory_id = $1 AND id = $2;

-- name: formsOf :many
SELECT * FROM forms WHERE territory_id = $1 AND deleted_at IS NULL ORDER BY id DESC;

-- name: addForm :exec
INSERT INTO forms (territory_id, id, owner_id, fictional, title, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: editForm :exec
UPDATE forms SET title = $1, version = $2, updated_at = $3, deleted_at = $4 WHERE territory_id = $5 AND id = $6;

-- name: question :one
SELECT * FROM form_questions WHERE territory_id = $1 AND id = $2;

-- name: questionsOf :many
SELECT * FROM form_questions WHERE territory_id = $1 AND form_id = $2 AND deleted_at IS NULL ORDER BY position, id;

-- name: addQuestion :exec
INSERT INTO form_questions (territory_id, id, form_id, fictional, position, type, label, help, required, options, asked_when,
    currency, edition, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16);

-- name: editQuestion :exec
UPDATE form_questions SET position = $1, label = $2, help = $3, required = $4, options = $5, asked_when = $6, currency = $7,
    edition = $8, version = $9, updated_at = $10, deleted_at = $11
WHERE territory_id = $12 AND id = $13;

-- name: fixed :one
SELECT questions FROM form_versions WHERE territory_id = $1 AND form_id = $2 AND number = $3;

-- name: lastFixed :one
SELECT number, questions FROM form_versions WHERE territory_id = $1 AND form_id = $2 ORDER BY number DESC LIMIT 1;

-- name: addFixed :exec
INSERT INTO form_versions (territory_id, form_id, number, questions, created_at) VALUES ($1, $2, $3, $4, $5);
