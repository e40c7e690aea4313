-- name: call :one
SELECT * FROM calls WHERE territory_id = $1 AND id = $2;

-- name: callBySlug :one
SELECT * FROM calls WHERE territory_id = $1 AND slug = $2;

-- name: callsOf :many
SELECT * FROM calls WHERE territory_id = $1 AND mission_id = $2 AND deleted_at IS NULL ORDER BY id;

-- name: addCall :exec
INSERT INTO calls (territory_id, id, mission_id, owner_id, fictional, slug, title, intro, criteria, costs, opens_at, closes_at,
    form_id, form_number, places, published, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19);

-- name: editCall :exec
UPDATE calls SET slug = $1, title = $2, intro = $3, criteria = $4, costs = $5, opens_at = $6, closes_at = $7, form_id = $8,
    form_number = $9, places = $10, published = $11, version = $12, updated_at = $13, deleted_at = $14
WHERE territory_id = $15 AND id = $16;

-- name: application :one
SELECT * FROM applications WHERE territory_id = $1 AND id = $2;

-- name: applicationByEmail :one
SELECT * FROM applications WHERE territory_id = $1 AND call_id = $2 AND email = $3 AND deleted_at IS NULL
ORDER BY id DESC LIMIT 1;

-- name: applicationByCompany :one
SELECT * FROM applications
WHERE territory_id = $1 AND call_id = $2 AND organisation_id = $3 AND id <> $4 AND deleted_at IS NULL
    AND state NOT IN ('draft', 'withdrawn')
ORDER BY submitted_at, id LIMIT 1;

-- name: addApplication :exec
INSERT INTO applications (territory_id, id, call_id, mission_id, owner_id, fictional, organisation_id, state, name, name_key,
    siret, company, contact, function, phone, email, language, form_id, form_number, typed, answers, opened_at, submitted_at,
    late_until, double_of, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
    $26, $27, $28);

-- name: editApplication :exec
UPDATE applications SET organisation_id = $1, state = $2, name = $3, name_key = $4, siret = $5, company = $6, contact = $7,
    function = $8, phone = $9, email = $10, typed = $11, answers = $12, submitted_at = $13, late_until = $14,
    double_of = $15, version = $16, updated_at = $17, deleted_at = $18
WHERE territory_id = $19 AND id = $20;

-- name: keepTyped :execrows
UPDATE applications SET typed = $1, name = $2, name_key = $3, siret = $4, opened_at = COALESCE(opened_at, $5), updated_at = $5
WHERE territory_id = $6 AND id = $7 AND state = 'draft' AND deleted_at IS NULL;

-- name: addApplicationSector :exec
INSERT INTO application_sectors (territory_id, application_id, sector_id) VALUES ($1, $2, $3);

-- name: clearApplicationSectors :exec
DELETE FROM application_sectors WHERE territory_id = $1 AND application_id = $2;

-- name: addDocument :exec
INSERT INTO application_documents (territory_id, application_id, question, file_id) VALUES ($1, $2, $3, $4)
ON CONFLICT (territory_id, application_id, question, file_id) DO NOTHING;

-- name: documentRows :many
SELECT d.question, d.file_id, f.name FROM application_documents d
JOIN files f ON f.territory_id = d.territory_id AND f.id = d.file_id
WHERE d.territory_id = $1 AND d.application_id = $2 AND f.deleted_at IS NULL ORDER BY f.id;

-- name: countByState :many
SELECT state, count(*) AS n FROM applications WHERE territory_id = $1 AND call_id = $2 AND deleted_at IS NULL GROUP BY state;

-- name: countOpened :one
SELECT count(*) FROM applications
WHERE territory_id = $1 AND call_id = $2 AND state = 'draft' AND opened_at IS NOT NULL AND deleted_at IS NULL;

-- name: countBySector :many
SELECT s.sector_id, count(*) AS n FROM application_sectors s
JOIN applications a ON a.territory_id = s.territory_id AND a.id = s.application_id
WHERE s.territory_id = $1 AND a.call_id = $2 AND a.deleted_at IS NULL AND a.state NOT IN ('draft', 'withdrawn')
GROUP BY s.sector_id ORDER BY n DESC, s.sector_id;

-- name: mailing :one
SELECT * FROM call_mailings WHERE territory_id = $1 AND id = $2;

-- name: addMailing :exec
INSERT INTO call_mailings (territory_id, id, call_id, subject, body, created_at) VALUES ($1, $2, $3, $4, $5, $6);

-- name: invitation :one
SELECT * FROM invitations WHERE territory_id = $1 AND id = $2;

-- name: addInvitation :exec
INSERT INTO invitations (territory_id, id, call_id, mailing_id, mission_id, owner_id, fictional, organisation_id, person_id, name,
    email, language, skipped, application_id, sent_at, declined_at, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19);

-- name: editInvitation :exec
UPDATE invitations SET organisation_id = $1, person_id = $2, name = $3, email = $4, skipped = $5, application_id = $6,
    sent_at = $7, declined_at = $8, version = $9, updated_at = $10, deleted_at = $11
WHERE territory_id = $12 AND id = $13;

-- name: unsentInvitations :many
SELECT id FROM invitations
WHERE territory_id = $1 AND mailing_id = $2 AND sent_at IS NULL AND skipped = '' AND deleted_at IS NULL ORDER BY id;

-- name: countMailed :one
SELECT count(*) FROM invitations WHERE territory_id = $1 AND mailing_id = $2;

-- name: invitedTo :many
SELECT i.id, i.organisation_id, o.name AS company, i.name, i.email, i.skipped, i.sent_at, i.declined_at,
    COALESCE(a.id, '') AS application_id, COALESCE(a.state, '') AS state, a.opened_at
FROM invitations i
JOIN organisations o ON o.territory_id = i.territory_id AND o.id = i.organisation_id
LEFT JOIN applications a ON a.territory_id = i.territory_id AND a.id = i.application_id
WHERE i.territory_id = $1 AND i.call_id = $2 AND i.deleted_at IS NULL
ORDER BY o.name_key, i.id;

-- name: tieByEmail :exec
UPDATE invitations SET application_id = $1 WHERE territory_id = $2 AND call_id = $3 AND email = $4 AND application_id IS NULL;

-- name: tieByCompany :exec
UPDATE invitations SET application_id = $1
WHERE territory_id = $2 AND call_id = $3 AND organisation_id = $4 AND application_id IS NULL;

-- Selection.

-- name: selection :one
SELECT * FROM call_selections WHERE territory_id = $1 AND id = $2;

-- name: selectionByCall :one
SELECT * FROM call_selections WHERE territory_id = $1 AND call_id = $2;

-- name: addSelection :exec
INSERT INTO call_selections (territory_id, id, call_id, mission_id, owner_id, fictional, criteria, assessors, quotas, ties, seed,
    pass_mark, waiting, sectors, sizes, postcodes, answers, decided_at, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21);

-- name: editSelection :exec
UPDATE call_selections SET criteria = $1, assessors = $2, quotas = $3, ties = $4, seed = $5, pass_mark = $6, waiting = $7,
    sectors = $8, sizes = $9, postcodes = $10, answers = $11, decided_at = $12, version = $13, updated_at = $14, deleted_at = $15
WHERE territory_id = $16 AND id = $17;

-- name: score :one
SELECT * FROM call_scores WHERE territory_id = $1 AND id = $2;

-- name: scoreByAssessor :one
SELECT * FROM call_scores WHERE territory_id = $1 AND application_id = $2 AND user_id = $3;

-- name: scoresOfCall :many
SELECT * FROM call_scores WHERE territory_id = $1 AND call_id = $2 AND deleted_at IS NULL ORDER BY user_id, id;

-- name: scoresSeenBy :many
SELECT s.* FROM call_scores s
WHERE s.territory_id = $1 AND s.application_id = $2 AND s.deleted_at IS NULL AND (s.user_id = $3 OR EXISTS (
    SELECT 1 FROM call_scores own
    WHERE own.territory_id = s.territory_id AND own.application_id = s.application_id AND own.user_id = $3
        AND NOT own.conflict AND own.deleted_at IS NULL
)) ORDER BY s.user_id, s.id;

-- name: addScore :exec
INSERT INTO call_scores (territory_id, id, application_id, call_id, mission_id, owner_id, fictional, user_id, points, comment,
    conflict, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: editScore :exec
UPDATE call_scores SET points = $1, comment = $2, conflict = $3, version = $4, updated_at = $5, deleted_at = $6
WHERE territory_id = $7 AND id = $8;

-- name: review :one
SELECT * FROM call_reviews WHERE territory_id = $1 AND id = $2;

-- name: reviewByApplication :one
SELECT * FROM call_reviews WHERE territory_id = $1 AND application_id = $2;

-- name: reviewsOfCall :many
SELECT * FROM call_reviews WHERE territory_id = $1 AND call_id = $2;

-- name: addReview :exec
INSERT INTO call_reviews (territory_id, id, application_id, call_id, mission_id, owner_id, fictional, ruling, grounds, reason, turn,
    decided_at, letter_at, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16);

-- name: editReview :exec
UPDATE call_reviews SET ruling = $1, grounds = $2, reason = $3, turn = $4, decided_at = $5, letter_at = $6, version = $7,
    updated_at = $8, deleted_at = $9
WHERE territory_id = $10 AND id = $11;

-- name: handedIn :many
SELECT * FROM applications
WHERE territory_id = $1 AND call_id = $2 AND state NOT IN ('draft', 'withdrawn') AND deleted_at IS NULL ORDER BY id;

-- name: sectorsNamed :many
SELECT s.application_id, s.sector_id FROM application_sectors s
JOIN applications a ON a.territory_id = s.territory_id AND a.id = s.application_id
WHERE s.territory_id = $1 AND a.call_id = $2 ORDER BY s.application_id, s.sector_id;

-- name: companiesOfCall :many
SELECT a.id, o.size, o.postcode FROM applications a
JOIN organisations o ON o.territory_id = a.territory_id AND o.id = a.organisation_id
WHERE a.territory_id = $1 AND a.call_id = $2;

-- name: countMissions :many
SELECT organisation_id, count(DISTINCT mission_id) AS n FROM participants
WHERE territory_id = $1 AND mission_id <> $2 AND side = 'delegate' AND state = 'takes_part' AND deleted_at IS NULL
GROUP BY organisation_id;

-- name: decidedBefore :many
SELECT a.id, a.organisation_id, a.state, o.size, o.postcode FROM applications a
JOIN organisations o ON o.territory_id = a.territory_id AND o.id = a.organisation_id
WHERE a.territory_id = $1 AND a.state IN ('selected', 'waiting', 'refused') AND a.deleted_at IS NULL
ORDER BY a.submitted_at, a.id;

-- name: sectorsDecided :many
SELECT s.application_id, s.sector_id FROM application_sectors s
JOIN applications a ON a.territory_id = s.territory_id AND a.id = s.application_id
WHERE s.territory_id = $1 AND a.state IN ('selected', 'waiting', 'refused') AND a.deleted_at IS NULL
ORDER BY s.application_id, s.sector_id;
