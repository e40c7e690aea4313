-- name: template :one
SELECT * FROM document_templates WHERE territory_id = $1 AND id = $2;

-- name: templatesOf :many
SELECT * FROM document_templates WHERE territory_id = $1 AND deleted_at IS NULL ORDER BY kind, language, id;

-- name: addTemplate :exec
INSERT INTO document_templates (territory_id, id, kind, language, name, hash, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: editTemplate :exec
UPDATE document_templates SET kind = $1, language = $2, name = $3, hash = $4, version = $5, updated_at = $6, deleted_at = $7
WHERE territory_id = $8 AND id = $9;
