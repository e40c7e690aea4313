-- name: mission :one
SELECT * FROM missions WHERE territory_id = $1 AND id = $2;

-- name: addMission :exec
INSERT INTO missions (territory_id, id, owner_id, fictional, source, title, pitch, kind, origin, sector_ids, stage, starts_on,
    ends_on, call_from, call_to, companies, meetings, round_tables, language, meeting_minutes, gap_minutes,
    lead_id, edition_of, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
    $25, $26);

-- name: editMission :exec
UPDATE missions SET source = $1, title = $2, pitch = $3, kind = $4, origin = $5, sector_ids = $6, stage = $7, starts_on = $8,
    ends_on = $9, call_from = $10, call_to = $11, companies = $12, meetings = $13, round_tables = $14,
    language = $15, meeting_minutes = $16, gap_minutes = $17, lead_id = $18, edition_of = $19, version = $20,
    updated_at = $21, deleted_at = $22
WHERE territory_id = $23 AND id = $24;

-- name: leg :one
SELECT * FROM legs WHERE territory_id = $1 AND id = $2;

-- name: legsOf :many
SELECT * FROM legs WHERE territory_id = $1 AND mission_id = $2 AND deleted_at IS NULL ORDER BY position, id;

-- name: addLeg :exec
INSERT INTO legs (territory_id, id, mission_id, fictional, position, name, city_id, zone, starts_on, ends_on, grid, version,
    created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: editLeg :exec
UPDATE legs SET position = $1, name = $2, city_id = $3, zone = $4, starts_on = $5, ends_on = $6, grid = $7, version = $8,
    updated_at = $9, deleted_at = $10
WHERE territory_id = $11 AND id = $12;

-- name: venue :one
SELECT * FROM venues WHERE territory_id = $1 AND id = $2;

-- name: venuesOf :many
SELECT * FROM venues WHERE territory_id = $1 AND mission_id = $2 AND deleted_at IS NULL ORDER BY position, id;

-- name: addVenue :exec
INSERT INTO venues (territory_id, id, mission_id, fictional, position, code, name, address, latitude, longitude, leg_ids, closed,
    version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);

-- name: editVenue :exec
UPDATE venues SET position = $1, code = $2, name = $3, address = $4, latitude = $5, longitude = $6, leg_ids = $7, closed = $8,
    version = $9, updated_at = $10, deleted_at = $11
WHERE territory_id = $12 AND id = $13;

-- name: place :one
SELECT * FROM places WHERE territory_id = $1 AND id = $2;

-- name: placesOf :many
SELECT * FROM places WHERE territory_id = $1 AND mission_id = $2 AND deleted_at IS NULL ORDER BY position, id;

-- name: addPlace :exec
INSERT INTO places (territory_id, id, mission_id, venue_id, fictional, position, tables, first, label, reserved, closed, version,
    created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: editPlace :exec
UPDATE places SET venue_id = $1, position = $2, tables = $3, first = $4, label = $5, reserved = $6, closed = $7, version = $8,
    updated_at = $9, deleted_at = $10
WHERE territory_id = $11 AND id = $12;

-- name: participant :one
SELECT p.*, o.name FROM participants p
JOIN organisations o ON o.territory_id = p.territory_id AND o.id = p.organisation_id
WHERE p.territory_id = $1 AND p.id = $2;

-- name: participantsOf :many
SELECT p.*, o.name FROM participants p
JOIN organisations o ON o.territory_id = p.territory_id AND o.id = p.organisation_id
WHERE p.territory_id = $1 AND p.mission_id = $2 AND p.deleted_at IS NULL ORDER BY p.position, p.id;

-- name: addParticipant :exec
INSERT INTO participants (territory_id, id, mission_id, organisation_id, owner_id, fictional, position, code, side, state, contact_id,
    languages, leg_ids, place_ids, busy, least, most, most_a_day, rank, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22);

-- name: editParticipant :exec
UPDATE participants SET organisation_id = $1, position = $2, code = $3, side = $4, state = $5, contact_id = $6, languages = $7,
    leg_ids = $8, place_ids = $9, busy = $10, least = $11, most = $12, most_a_day = $13, rank = $14, version = $15,
    updated_at = $16, deleted_at = $17
WHERE territory_id = $18 AND id = $19;

-- name: seat :one
SELECT * FROM seats WHERE territory_id = $1 AND id = $2;

-- name: seatsOf :many
SELECT * FROM seats WHERE territory_id = $1 AND mission_id = $2 AND deleted_at IS NULL ORDER BY participant_id, number, id;

-- name: addSeat :exec
INSERT INTO seats (territory_id, id, mission_id, participant_id, fictional, number, person_id, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: editSeat :exec
UPDATE seats SET participant_id = $1, number = $2, person_id = $3, version = $4, updated_at = $5, deleted_at = $6
WHERE territory_id = $7 AND id = $8;

-- name: interpreter :one
SELECT * FROM interpreters WHERE territory_id = $1 AND id = $2;

-- name: interpretersOf :many
SELECT * FROM interpreters WHERE territory_id = $1 AND mission_id = $2 AND deleted_at IS NULL ORDER BY position, id;

-- name: addInterpreters :exec
INSERT INTO interpreters (territory_id, id, mission_id, fictional, position, languages, number, leg_ids, busy, version, created_at,
    updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: editInterpreters :exec
UPDATE interpreters SET position = $1, languages = $2, number = $3, leg_ids = $4, busy = $5, version = $6, updated_at = $7,
    deleted_at = $8
WHERE territory_id = $9 AND id = $10;

-- name: journeysOf :many
SELECT j.from_id, j.to_id, j.minutes FROM journeys j
JOIN venues v ON v.territory_id = j.territory_id AND v.id = j.from_id
WHERE j.territory_id = $1 AND v.mission_id = $2;

-- name: putJourney :exec
INSERT INTO journeys (territory_id, from_id, to_id, minutes) VALUES ($1, $2, $3, $4)
ON CONFLICT (territory_id, from_id, to_id) DO UPDATE SET minutes = excluded.minutes;

-- name: peopleOf :many
SELECT p.id, p.given_name, p.family_name, p.name_order, p.original_name, p.languages, p.function, p.email FROM people p
WHERE p.territory_id = $1 AND p.deleted_at IS NULL AND (
    p.id IN (SELECT s.person_id FROM seats s WHERE s.territory_id = p.territory_id AND s.mission_id = $2 AND s.deleted_at IS NULL)
    OR p.id IN (SELECT c.contact_id FROM participants c WHERE c.territory_id = p.territory_id AND c.mission_id = $2 AND c.deleted_at IS NULL)
)
ORDER BY p.id;

-- name: setCallDays :exec
UPDATE missions SET call_from = $1, call_to = $2 WHERE territory_id = $3 AND id = $4;

-- name: partner :one
SELECT p.*, o.name FROM mission_partners p
JOIN organisations o ON o.territory_id = p.territory_id AND o.id = p.organisation_id
WHERE p.territory_id = $1 AND p.id = $2;

-- name: partnersOf :many
SELECT p.*, o.name FROM mission_partners p
JOIN organisations o ON o.territory_id = p.territory_id AND o.id = p.organisation_id
WHERE p.territory_id = $1 AND p.mission_id = $2 AND p.deleted_at IS NULL ORDER BY p.position, p.id;

-- name: addPartner :exec
INSERT INTO mission_partners (territory_id, id, mission_id, organisation_id, fictional, position, role, share, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: editPartner :exec
UPDATE mission_partners SET organisation_id = $1, position = $2, role = $3, share = $4, version = $5, updated_at = $6, deleted_at = $7
WHERE territory_id = $8 AND id = $9;

-- name: addFeed :exec
INSERT INTO mission_feeds (territory_id, digest, user_id, own, created_at) VALUES ($1, $2, $3, $4, $5);

-- name: feed :one
SELECT * FROM mission_feeds WHERE territory_id = $1 AND digest = $2 AND revoked_at IS NULL;

-- name: feedsOf :many
SELECT * FROM mission_feeds WHERE territory_id = $1 AND user_id = $2 AND revoked_at IS NULL ORDER BY created_at;

-- name: revokeFeed :exec
UPDATE mission_feeds SET revoked_at = $1 WHERE territory_id = $2 AND digest = $3 AND user_id = $4;

-- name: traveller :one
SELECT t.*, p.given_name, p.family_name, p.name_order, p.original_name, p.languages, p.function, p.email, COALESCE(o.name, '') AS employer
FROM mission_travellers t
JOIN people p ON p.territory_id = t.territory_id AND p.id = t.person_id
LEFT JOIN organisations o ON o.territory_id = p.territory_id AND o.id = p.organisation_id
WHERE t.territory_id = $1 AND t.id = $2;

-- name: travellersOf :many
SELECT t.*, p.given_name, p.family_name, p.name_order, p.original_name, p.languages, p.function, p.email, COALESCE(o.name, '') AS employer
FROM mission_travellers t
JOIN people p ON p.territory_id = t.territory_id AND p.id = t.person_id
LEFT JOIN organisations o ON o.territory_id = p.territory_id AND o.id = p.organisation_id
WHERE t.territory_id = $1 AND t.mission_id = $2 AND t.deleted_at IS NULL ORDER BY p.name_key, t.id;

-- name: addTraveller :exec
INSERT INTO mission_travellers (territory_id, id, mission_id, person_id, fictional, position, order_kind, order_number, order_on, passport_to,
    entry_kind, entry_state, entry_to, insurance, flights, stays, room, room_with, transfers, meal, emergency_name, emergency_phone,
    version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25);

-- name: editTraveller :exec
UPDATE mission_travellers SET person_id = $1, position = $2, order_kind = $3, order_number = $4, order_on = $5, passport_to = $6,
    entry_kind = $7, entry_state = $8, entry_to = $9, insurance = $10, flights = $11, stays = $12, room = $13, room_with = $14,
    transfers = $15, meal = $16, emergency_name = $17, emergency_phone = $18, version = $19, updated_at = $20, deleted_at = $21
WHERE territory_id = $22 AND id = $23;

-- name: travellersOver :many
SELECT t.id, t.person_id FROM mission_travellers t
JOIN missions m ON m.territory_id = t.territory_id AND m.id = t.mission_id
WHERE t.territory_id = $1 AND t.erased_at IS NULL AND m.ends_on <> '' AND m.ends_on <= $2
ORDER BY t.id LIMIT 20;

-- name: travellerErased :exec
UPDATE mission_travellers SET erased_at = $1 WHERE territory_id = $2 AND id = $3;

-- name: entryRule :one
SELECT * FROM mission_entry_rules WHERE territory_id = $1 AND id = $2;

-- name: entryRules :many
SELECT * FROM mission_entry_rules WHERE territory_id = $1 AND deleted_at IS NULL ORDER BY country, id;

-- name: addEntryRule :exec
INSERT INTO mission_entry_rules (territory_id, id, country, months, source, checked_on, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: editEntryRule :exec
UPDATE mission_entry_rules SET country = $1, months = $2, source = $3, checked_on = $4, version = $5, updated_at = $6, deleted_at = $7
WHERE territory_id = $8 AND id = $9;
