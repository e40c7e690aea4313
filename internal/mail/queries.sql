-- name: addMessage :exec
INSERT INTO messages (id, territory_id, recipient, subject, state, content, failure, created_at)
VALUES ($1, $2, $3, $4, $5, $6, '', $7);

-- name: waitingMessage :one
SELECT content, created_at FROM messages WHERE id = $1 AND state = 'waiting';

-- name: keptContent :one
SELECT content FROM messages WHERE id = $1 AND state = 'kept';

-- name: endMessage :exec
UPDATE messages SET state = $1, failure = $2, ended_at = $3, content = '' WHERE id = $4;

-- name: failMessage :exec
UPDATE messages SET failure = $1 WHERE id = $2;

-- name: expireMessages :exec
UPDATE messages SET state = 'expired', ended_at = $1, content = ''
WHERE state = 'waiting' AND created_at < sqlc.arg(asked_before_at);

-- name: forgetMessages :exec
DELETE FROM messages WHERE created_at < sqlc.arg(asked_before_at);
