-- name: city :one
SELECT territory_id, id, name, name_key, country, zone, latitude, longitude, fictional, version, created_at, updated_at, deleted_at
FROM cities WHERE territory_id = $1 AND id = $2;

-- name: citiesNamed :many
SELECT territory_id, id, name, name_key, country, zone, latitude, longitude, fictional, version, created_at, updated_at, deleted_at
FROM cities WHERE territory_id = $1 AND name_key = $2 AND deleted_at IS NULL ORDER BY country, id;

-- name: addCity :exec
INSERT INTO cities (territory_id, id, name, name_key, country, zone, latitude, longitude, fictional, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: editCity :exec
UPDATE cities SET name = $1, name_key = $2, country = $3, zone = $4, latitude = $5, longitude = $6, version = $7,
    updated_at = $8, deleted_at = $9
WHERE territory_id = $10 AND id = $11;

-- name: sectors :many
SELECT territory_id, id, name, letter, shape, position, source FROM sectors WHERE territory_id = $1 ORDER BY position, id;

-- name: putSector :exec
INSERT INTO sectors (territory_id, id, name, letter, shape, position, source) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (territory_id, id) DO UPDATE SET
    name = excluded.name, letter = excluded.letter, shape = excluded.shape, position = excluded.position, source = excluded.source;

-- name: organisation :one
SELECT * FROM organisations WHERE territory_id = $1 AND id = $2;

-- name: addOrganisation :exec
INSERT INTO organisations (territory_id, id, owner_id, fictional, source, name, name_key, legal_name, other_names, kind,
    country, city_id, street, postcode, siren, siret, foreign_id, naf, naf25, size, founded, site, email, phone,
    description, offers, needs, logo, version, created_at, updated_at, sectors, city_key)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
    $25, $26, $27, $28, $29, $30, $31, $32,
    COALESCE((SELECT c.name_key FROM cities c WHERE c.territory_id = $1 AND c.id = $12), ''));

-- name: editOrganisation :exec
UPDATE organisations SET source = $1, name = $2, name_key = $3, legal_name = $4, other_names = $5, kind = $6, country = $7,
    city_id = $8, street = $9, postcode = $10, siren = $11, siret = $12, foreign_id = $13, naf = $14, naf25 = $15,
    size = $16, founded = $17, site = $18, email = $19, phone = $20, description = $21, offers = $22, needs = $23,
    logo = $24, merged_into = $25, version = $26, updated_at = $27, deleted_at = $28, sectors = $29,
    city_key = COALESCE((SELECT c.name_key FROM cities c WHERE c.territory_id = $30 AND c.id = $8), '')
WHERE organisations.territory_id = $30 AND organisations.id = $31;

-- name: renameCity :exec
UPDATE organisations SET city_key = $1
WHERE organisations.territory_id = $2 AND organisations.city_id = $3
    AND EXISTS (SELECT 1 FROM cities c WHERE c.territory_id = $2 AND c.id = $3 AND c.name_key <> $1);

-- name: addOrganisationSector :exec
INSERT INTO organisation_sectors (territory_id, organisation_id, sector_id) VALUES ($1, $2, $3);

-- name: clearOrganisationSectors :exec
DELETE FROM organisation_sectors WHERE territory_id = $1 AND organisation_id = $2;

-- name: countriesPresent :many
WITH RECURSIVE present (country) AS (
    SELECT MIN(a.country) FROM organisations a WHERE a.territory_id = $1 AND a.country > ''
    UNION ALL
    SELECT (SELECT MIN(b.country) FROM organisations b WHERE b.territory_id = $1 AND b.country > present.country)
    FROM present WHERE present.country IS NOT NULL
)
SELECT CAST(country AS text) AS country FROM present WHERE country IS NOT NULL;

-- name: person :one
SELECT * FROM people WHERE territory_id = $1 AND id = $2;

-- name: addPerson :exec
INSERT INTO people (territory_id, id, owner_id, fictional, source, given_name, family_name, name_key, name_order,
    original_name, honorific, title, organisation_id, function, since, country, languages, email, other_emails, phones,
    consent, consent_date, consent_source, address_source, told, last_contact, counted_from, version, created_at, updated_at,
    organisation_key)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
    $25, $26, $27, $28, $29, $30,
    COALESCE((SELECT o.name_key FROM organisations o WHERE o.territory_id = $1 AND o.id = $13), ''));

-- name: editPerson :exec
UPDATE people SET source = $1, given_name = $2, family_name = $3, name_key = $4, name_order = $5, original_name = $6,
    honorific = $7, title = $8, organisation_id = $9, function = $10, since = $11, country = $12, languages = $13,
    email = $14, other_emails = $15, phones = $16, consent = $17, consent_date = $18, consent_source = $19,
    address_source = $20, told = $21, last_contact = $22, counted_from = $23, merged_into = $24, version = $25,
    updated_at = $26, deleted_at = $27,
    organisation_key = COALESCE((SELECT o.name_key FROM organisations o WHERE o.territory_id = $28 AND o.id = $8), '')
WHERE people.territory_id = $28 AND people.id = $29;

-- name: renameOrganisation :exec
UPDATE people SET organisation_key = $1
WHERE people.territory_id = $2 AND people.organisation_id = $3
    AND EXISTS (SELECT 1 FROM organisations o WHERE o.territory_id = $2 AND o.id = $3 AND o.name_key <> $1);

-- name: post :one
SELECT * FROM posts WHERE territory_id = $1 AND id = $2;

-- name: addPost :exec
INSERT INTO posts (territory_id, id, owner_id, fictional, person_id, organisation_id, function, since, until, version,
    created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: editPost :exec
UPDATE posts SET person_id = $1, organisation_id = $2, function = $3, since = $4, until = $5, version = $6,
    updated_at = $7, deleted_at = $8
WHERE territory_id = $9 AND id = $10;

-- name: address :one
SELECT * FROM organisation_addresses WHERE territory_id = $1 AND id = $2;

-- name: addressesOf :many
SELECT sqlc.embed(a), COALESCE(c.name, '') AS city_name
FROM organisation_addresses a LEFT JOIN cities c ON c.territory_id = a.territory_id AND c.id = a.city_id
WHERE a.territory_id = $1 AND a.organisation_id = $2 AND a.deleted_at IS NULL ORDER BY a.id LIMIT 100;

-- name: addAddress :exec
INSERT INTO organisation_addresses (territory_id, id, owner_id, fictional, organisation_id, label, street, postcode,
    city_id, country, zone, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: editAddress :exec
UPDATE organisation_addresses SET organisation_id = $1, label = $2, street = $3, postcode = $4, city_id = $5, country = $6,
    zone = $7, version = $8, updated_at = $9, deleted_at = $10
WHERE territory_id = $11 AND id = $12;

-- name: addObjection :exec
INSERT INTO objections (territory_id, digest, at) VALUES ($1, $2, $3)
ON CONFLICT (territory_id, digest) DO UPDATE SET at = excluded.at;

-- name: objections :many
SELECT at FROM objections WHERE territory_id = $1 AND digest = $2;

-- name: belongings :one
SELECT CAST((SELECT count(*) FROM members m WHERE m.territory_id = $1 AND m.organisation_id = $2)
    + (SELECT count(*) FROM search_words s WHERE s.territory_id = $1 AND s.owner_id = $2) AS integer) AS belongings;

-- name: dropDuplicates :exec
DELETE FROM duplicates WHERE territory_id = $1 AND kind = $2 AND NOT dismissed;

-- name: putDuplicate :exec
INSERT INTO duplicates (territory_id, kind, first_id, second_id, score, dismissed) VALUES ($1, $2, $3, $4, $5, FALSE)
ON CONFLICT (territory_id, kind, first_id, second_id) DO NOTHING;

-- name: dismissDuplicate :exec
UPDATE duplicates SET dismissed = $1 WHERE territory_id = $2 AND kind = $3 AND first_id = $4 AND second_id = $5;

-- name: registerAnswer :one
SELECT answer, at FROM register_answers WHERE question = $1;

-- name: keepRegisterAnswer :exec
INSERT INTO register_answers (question, answer, at) VALUES ($1, $2, $3)
ON CONFLICT (question) DO UPDATE SET answer = excluded.answer, at = excluded.at;

-- name: retentionOf :many
SELECT months, notice_days, ending FROM retention WHERE territory_id = $1;

-- name: putRetention :exec
INSERT INTO retention (territory_id, months, notice_days, ending) VALUES ($1, $2, $3, $4)
ON CONFLICT (territory_id) DO UPDATE SET months = excluded.months, notice_days = excluded.notice_days, ending = excluded.ending;

-- name: putNotice :exec
INSERT INTO retention_notices (territory_id, person_id, counted_from, given_on) VALUES ($1, $2, $3, $4)
ON CONFLICT (territory_id, person_id) DO UPDATE SET counted_from = excluded.counted_from, given_on = excluded.given_on;

-- name: addErasure :exec
INSERT INTO erasures (territory_id, id, person_id, ending, months, actor, counts, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: erasures :many
SELECT id, person_id, ending, months, actor, counts, at FROM erasures WHERE territory_id = $1 ORDER BY id DESC LIMIT $2;

-- name: peopleOfOrganisation :many
SELECT id, given_name, family_name, name_order, original_name, languages FROM people
WHERE territory_id = $1 AND organisation_id = $2 AND deleted_at IS NULL ORDER BY id;
