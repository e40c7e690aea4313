-- name: session :one
SELECT * FROM programme_sessions WHERE territory_id = $1 AND id = $2;

-- name: sessionsOf :many
SELECT * FROM programme_sessions WHERE territory_id = $1 AND mission_id = $2 AND deleted_at IS NULL ORDER BY starts_at, id;

-- name: addSession :exec
INSERT INTO programme_sessions (territory_id, id, mission_id, fictional, leg_id, venue_id, spot, kind, level, title, about,
    starts_at, ends_at, participant_ids, sign_up, capacity, languages, interpreter_ids, host, dress, transport_from,
    transport_at, published, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26);

-- name: editSession :exec
UPDATE programme_sessions SET leg_id = $1, venue_id = $2, spot = $3, kind = $4, level = $5, title = $6, about = $7,
    starts_at = $8, ends_at = $9, participant_ids = $10, sign_up = $11, capacity = $12, languages = $13,
    interpreter_ids = $14, host = $15, dress = $16, transport_from = $17, transport_at = $18, published = $19,
    version = $20, updated_at = $21, deleted_at = $22
WHERE territory_id = $23 AND id = $24;

-- name: speaker :one
SELECT * FROM programme_speakers WHERE territory_id = $1 AND id = $2;

-- name: speakersOf :many
SELECT * FROM programme_speakers WHERE territory_id = $1 AND mission_id = $2 AND deleted_at IS NULL
ORDER BY session_id, position, id;

-- name: addSpeaker :exec
INSERT INTO programme_speakers (territory_id, id, mission_id, session_id, fictional, position, seat_id, name, role, minutes,
    version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: editSpeaker :exec
UPDATE programme_speakers SET position = $1, seat_id = $2, name = $3, role = $4, minutes = $5, version = $6,
    updated_at = $7, deleted_at = $8
WHERE territory_id = $9 AND id = $10;

-- name: registration :one
SELECT * FROM programme_registrations WHERE territory_id = $1 AND id = $2;

-- name: registrationsOf :many
SELECT * FROM programme_registrations WHERE territory_id = $1 AND mission_id = $2 AND deleted_at IS NULL ORDER BY created_at, id;

-- name: addRegistration :exec
INSERT INTO programme_registrations (territory_id, id, mission_id, session_id, seat_id, fictional, waiting, version,
    created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: editRegistration :exec
UPDATE programme_registrations SET waiting = $1, version = $2, updated_at = $3, deleted_at = $4
WHERE territory_id = $5 AND id = $6;

-- name: engagedElsewhere :one
SELECT count(*) FROM engaged g
JOIN engagements e ON e.territory_id = g.territory_id AND e.id = g.engagement_id
WHERE g.territory_id = $1 AND g.thing_kind IN ('seat', 'person') AND g.thing_id IN ($2, $3) AND e.record_id <> $4
    AND e.starts_at < $5 AND e.ends_at > $6 AND NOT e.cancelled AND NOT e.loose;

-- name: guest :one
SELECT * FROM programme_guests WHERE territory_id = $1 AND id = $2;

-- name: guestsOf :many
SELECT * FROM programme_guests WHERE territory_id = $1 AND mission_id = $2 AND deleted_at IS NULL ORDER BY created_at, id;

-- name: addGuest :exec
INSERT INTO programme_guests (territory_id, id, mission_id, session_id, owner_id, fictional, name, company, email,
    companions, waiting, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: editGuest :exec
UPDATE programme_guests SET name = $1, company = $2, email = $3, companions = $4, waiting = $5, version = $6,
    updated_at = $7, deleted_at = $8
WHERE territory_id = $9 AND id = $10;

-- name: addScan :exec
INSERT INTO programme_scans (territory_id, session_id, id, attendee, entered, at, received_at, user_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (territory_id, session_id, id) DO NOTHING;

-- name: scansOf :many
SELECT * FROM programme_scans WHERE territory_id = $1 AND session_id = $2 ORDER BY at, id;

-- name: contact :one
SELECT * FROM programme_contacts WHERE territory_id = $1 AND id = $2;

-- name: contactsOf :many
SELECT * FROM programme_contacts WHERE territory_id = $1 AND session_id = $2 AND deleted_at IS NULL ORDER BY taken_at, id;

-- name: contactOfDevice :one
SELECT count(*) FROM programme_contacts WHERE territory_id = $1 AND session_id = $2 AND device_id = $3;

-- name: addContact :exec
INSERT INTO programme_contacts (territory_id, id, mission_id, session_id, device_id, fictional, taken_at, name, company,
    function, email, phone, remark, person_id, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17);

-- name: editContact :exec
UPDATE programme_contacts SET name = $1, company = $2, function = $3, email = $4, phone = $5, remark = $6, person_id = $7,
    version = $8, updated_at = $9, deleted_at = $10
WHERE territory_id = $11 AND id = $12;

-- name: scanned :one
SELECT count(*) FROM programme_scans WHERE territory_id = $1 AND session_id = $2;
