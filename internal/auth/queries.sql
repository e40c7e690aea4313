-- name: userByKey :one
SELECT * FROM users WHERE email_key = $1;

-- name: userByID :one
SELECT * FROM users WHERE id = $1;

-- name: userByIdentity :one
SELECT u.* FROM identities i JOIN users u ON u.id = i.user_id WHERE i.issuer = $1 AND i.subject = $2;

-- name: addIdentity :exec
INSERT INTO identities (issuer, subject, user_id, created_at) VALUES ($1, $2, $3, $4);

-- name: users :many
SELECT * FROM users ORDER BY email_key;

-- name: addUser :exec
INSERT INTO users (id, email, email_key, name, language, theme, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: editUser :exec
UPDATE users SET name = $1, language = $2, theme = $3 WHERE id = $4;

-- name: setDisabledAt :exec
UPDATE users SET disabled_at = $1 WHERE id = $2;

-- name: addSignInLink :exec
INSERT INTO sign_in_links (digest, user_id, onward, created_at, expires_at) VALUES ($1, $2, $3, $4, $5);

-- name: signInLink :one
SELECT l.user_id, l.onward, l.expires_at, l.used_at, u.name, u.email
FROM sign_in_links l JOIN users u ON u.id = l.user_id WHERE l.digest = $1;

-- name: useSignInLink :execrows
UPDATE sign_in_links SET used_at = $1 WHERE digest = $2 AND used_at IS NULL AND expires_at > $3;

-- name: addSession :exec
INSERT INTO sessions (digest, id, user_id, device, address, created_at, seen_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: session :one
SELECT s.id, s.user_id, s.seen_at, s.expires_at, u.email, u.name, u.language, u.theme, u.created_at
FROM sessions s JOIN users u ON u.id = s.user_id
WHERE s.digest = $1 AND u.disabled_at IS NULL;

-- name: seeSession :exec
UPDATE sessions SET seen_at = $1 WHERE digest = $2;

-- name: sessionsOf :many
SELECT id, device, address, created_at, seen_at, expires_at FROM sessions
WHERE user_id = $1 AND expires_at > $2 ORDER BY seen_at DESC, id;

-- name: endSession :execrows
DELETE FROM sessions WHERE user_id = $1 AND id = $2;

-- name: endSessions :exec
DELETE FROM sessions WHERE user_id = $1;

-- name: devices :one
SELECT count(*) FROM devices WHERE user_id = $1;

-- name: addDevice :execrows
INSERT INTO devices (user_id, digest, created_at, seen_at) VALUES ($1, $2, $3, $3) ON CONFLICT (user_id, digest) DO NOTHING;

-- name: seeDevice :exec
UPDATE devices SET seen_at = $1 WHERE user_id = $2 AND digest = $3;

-- name: devicesOf :many
SELECT created_at, seen_at FROM devices WHERE user_id = $1 ORDER BY created_at, digest;

-- name: forgetDevices :exec
DELETE FROM devices WHERE seen_at <= $1;

-- name: identitiesOf :many
SELECT issuer, subject, created_at FROM identities WHERE user_id = $1 ORDER BY issuer, subject;

-- name: dropDevices :exec
DELETE FROM devices WHERE user_id = $1;

-- name: dropIdentities :exec
DELETE FROM identities WHERE user_id = $1;

-- name: dropSignInLinks :exec
DELETE FROM sign_in_links WHERE user_id = $1;

-- name: dropUser :exec
DELETE FROM users WHERE id = $1;

-- name: try :one
INSERT INTO attempts (bucket, tries, expires_at) VALUES ($1, 1, $2)
ON CONFLICT (bucket) DO UPDATE SET
    tries = CASE WHEN attempts.expires_at <= $3 THEN 1 ELSE attempts.tries + 1 END,
    expires_at = CASE WHEN attempts.expires_at <= $3 THEN excluded.expires_at ELSE attempts.expires_at END
RETURNING tries;

-- name: untry :exec
UPDATE attempts SET tries = tries - 1 WHERE bucket = $1 AND tries > 0;

-- name: forgetAttempts :exec
DELETE FROM attempts WHERE expires_at <= $1;

-- name: forgetSignInLinks :exec
DELETE FROM sign_in_links WHERE expires_at <= $1;

-- name: forgetSessions :exec
DELETE FROM sessions WHERE expires_at <= $1 OR seen_at <= $2;

-- name: addLink :exec
INSERT INTO auth_links (territory_id, id, generation, purpose, kind, record_id, sent_to, sent_key, name, language, paper, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: link :one
SELECT territory_id, id, generation, purpose, kind, record_id, sent_to, name, language, created_at, expires_at, revoked_at, used_at
FROM auth_links WHERE territory_id = $1 AND id = $2;

-- name: linksOf :many
SELECT territory_id, id, generation, purpose, kind, record_id, sent_to, name, language, created_at, expires_at, revoked_at, used_at
FROM auth_links WHERE territory_id = $1 AND kind = $2 AND record_id = $3 ORDER BY created_at, id;

-- name: countLinksOf :one
SELECT count(*) FROM auth_links WHERE territory_id = $1 AND kind = $2 AND record_id = $3;

-- name: linksOnPaper :many
SELECT territory_id, id, generation, purpose, kind, record_id, sent_to, name, language, created_at, expires_at, revoked_at, used_at
FROM auth_links WHERE territory_id = $1 AND paper = $2;

-- name: renewLink :execrows
UPDATE auth_links SET generation = generation + 1, paper = $1, expires_at = $2, revoked_at = NULL
WHERE territory_id = $3 AND id = $4 AND generation = $5;

-- name: revokeLink :exec
UPDATE auth_links SET revoked_at = $1 WHERE territory_id = $2 AND id = $3;

-- name: eraseLink :exec
UPDATE auth_links SET sent_to = '', sent_key = '', name = '', revoked_at = COALESCE(revoked_at, CAST(sqlc.arg(now) AS text))
WHERE territory_id = sqlc.arg(territory_id) AND id = sqlc.arg(id);

-- name: useLink :exec
UPDATE auth_links SET used_at = $1 WHERE territory_id = $2 AND id = $3;
