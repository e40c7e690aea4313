-- name: putRate :exec
INSERT INTO exchange_rates (territory_id, currency, day, units, source) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (territory_id, currency, day) DO UPDATE SET units = excluded.units, source = excluded.source;

-- name: rate :one
SELECT units FROM exchange_rates WHERE territory_id = $1 AND currency = $2 AND day = $3;

-- name: expense :one
SELECT e.*, COALESCE(o.name, '') AS partner FROM expenses e
LEFT JOIN organisations o ON o.territory_id = e.territory_id AND o.id = e.partner_id
WHERE e.territory_id = $1 AND e.id = $2;

-- name: expensesOf :many
SELECT e.*, COALESCE(o.name, '') AS partner FROM expenses e
LEFT JOIN organisations o ON o.territory_id = e.territory_id AND o.id = e.partner_id
WHERE e.territory_id = $1 AND e.mission_id = $2 AND e.deleted_at IS NULL ORDER BY e.category, e.id;

-- name: addExpense :exec
INSERT INTO expenses (territory_id, id, mission_id, owner_id, fictional, label, category, partner_id, currency, planned_net,
    planned_gross, planned_on, aid_country, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16);

-- name: editExpense :exec
UPDATE expenses SET label = $1, category = $2, partner_id = $3, currency = $4, planned_net = $5, planned_gross = $6,
    planned_on = $7, aid_country = $8, version = $9, updated_at = $10, deleted_at = $11
WHERE territory_id = $12 AND id = $13;

-- name: posting :one
SELECT p.*, CAST(COALESCE(e.mission_id, g.mission_id, '') AS text) AS mission_id,
    CAST(COALESCE(e.partner_id, g.organisation_id, '') AS text) AS organisation_id
FROM postings p
LEFT JOIN expenses e ON e.territory_id = p.territory_id AND e.id = p.expense_id
LEFT JOIN grants g ON g.territory_id = p.territory_id AND g.id = p.grant_id
WHERE p.territory_id = $1 AND p.id = $2;

-- name: postingsOfMission :many
SELECT p.*, e.mission_id AS mission_id, CAST(COALESCE(e.partner_id, '') AS text) AS organisation_id
FROM postings p
JOIN expenses e ON e.territory_id = p.territory_id AND e.id = p.expense_id
WHERE p.territory_id = $1 AND e.mission_id = $2 AND p.deleted_at IS NULL AND e.deleted_at IS NULL
ORDER BY p.posted_on, p.id;

-- name: postingsOfGrant :many
SELECT p.*, CAST(COALESCE(g.mission_id, '') AS text) AS mission_id, g.organisation_id AS organisation_id
FROM postings p
JOIN grants g ON g.territory_id = p.territory_id AND g.id = p.grant_id
WHERE p.territory_id = $1 AND p.grant_id = $2 AND p.deleted_at IS NULL
ORDER BY p.posted_on, p.id;

-- name: addPosting :exec
INSERT INTO postings (territory_id, id, expense_id, grant_id, owner_id, fictional, kind, label, posted_on, reference, currency, net,
    gross, reconciled_on, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17);

-- name: editPosting :exec
UPDATE postings SET kind = $1, label = $2, posted_on = $3, reference = $4, currency = $5, net = $6, gross = $7,
    reconciled_on = $8, version = $9, updated_at = $10, deleted_at = $11
WHERE territory_id = $12 AND id = $13;

-- name: fee :one
SELECT f.*, o.name FROM fees f
JOIN organisations o ON o.territory_id = f.territory_id AND o.id = f.organisation_id
WHERE f.territory_id = $1 AND f.id = $2;

-- name: feesOf :many
SELECT f.*, o.name FROM fees f
JOIN organisations o ON o.territory_id = f.territory_id AND o.id = f.organisation_id
WHERE f.territory_id = $1 AND f.mission_id = $2 AND f.deleted_at IS NULL ORDER BY f.due_on, o.name_key, f.id;

-- name: addFee :exec
INSERT INTO fees (territory_id, id, mission_id, organisation_id, owner_id, fictional, label, currency, net, gross, due_on, paid_on,
    reference, reconciled_on, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17);

-- name: editFee :exec
UPDATE fees SET organisation_id = $1, label = $2, currency = $3, net = $4, gross = $5, due_on = $6, paid_on = $7, reference = $8,
    reconciled_on = $9, version = $10, updated_at = $11, deleted_at = $12
WHERE territory_id = $13 AND id = $14;

-- name: addGrant :exec
INSERT INTO grants (territory_id, id, owner_id, fictional, organisation_id, mission_id, authority_id, funder_id, number, object, state,
    requested_on, currency, requested, opinion, decided_on, amount, instrument, regulation, basis, decision, reason, conditions,
    pays_from, pays_to, scheme, register_number, registered_on, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
    $25, $26, $27, $28, $29, $30, $31);

-- name: editGrant :exec
UPDATE grants SET organisation_id = $1, mission_id = $2, authority_id = $3, funder_id = $4, number = $5, object = $6, state = $7,
    requested_on = $8, currency = $9, requested = $10, opinion = $11, decided_on = $12, amount = $13, instrument = $14,
    regulation = $15, basis = $16, decision = $17, reason = $18, conditions = $19, pays_from = $20, pays_to = $21,
    scheme = $22, register_number = $23, registered_on = $24, version = $25, updated_at = $26, deleted_at = $27
WHERE territory_id = $28 AND id = $29;

-- name: cost :one
SELECT c.*, g.organisation_id AS organisation_id, g.currency AS currency FROM grant_costs c
JOIN grants g ON g.territory_id = c.territory_id AND g.id = c.grant_id
WHERE c.territory_id = $1 AND c.id = $2;

-- name: costsOf :many
SELECT c.*, g.organisation_id AS organisation_id, g.currency AS currency FROM grant_costs c
JOIN grants g ON g.territory_id = c.territory_id AND g.id = c.grant_id
WHERE c.territory_id = $1 AND c.grant_id = $2 AND c.deleted_at IS NULL ORDER BY c.id;

-- name: addCost :exec
INSERT INTO grant_costs (territory_id, id, grant_id, owner_id, fictional, label, amount, eligible, reason, version, created_at,
    updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: editCost :exec
UPDATE grant_costs SET label = $1, amount = $2, eligible = $3, reason = $4, version = $5, updated_at = $6, deleted_at = $7
WHERE territory_id = $8 AND id = $9;

-- name: declaration :one
SELECT d.*, o.name FROM aid_declarations d
JOIN organisations o ON o.territory_id = d.territory_id AND o.id = d.organisation_id
WHERE d.territory_id = $1 AND d.id = $2;

-- name: addDeclaration :exec
INSERT INTO aid_declarations (territory_id, id, organisation_id, owner_id, fictional, funder, regulation, awarded_on, amount,
    declared_on, source, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: editDeclaration :exec
UPDATE aid_declarations SET organisation_id = $1, funder = $2, regulation = $3, awarded_on = $4, amount = $5, declared_on = $6,
    source = $7, version = $8, updated_at = $9, deleted_at = $10
WHERE territory_id = $11 AND id = $12;

-- name: ceiling :one
SELECT * FROM aid_ceilings WHERE territory_id = $1 AND id = $2;

-- name: ceilings :many
SELECT * FROM aid_ceilings WHERE territory_id = $1 AND deleted_at IS NULL ORDER BY regulation, valid_from, id;

-- name: addCeiling :exec
INSERT INTO aid_ceilings (territory_id, id, owner_id, fictional, regulation, amount, years, valid_from, valid_to, counts, register_from,
    register_days, source, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16);

-- name: editCeiling :exec
UPDATE aid_ceilings SET regulation = $1, amount = $2, years = $3, valid_from = $4, valid_to = $5, counts = $6, register_from = $7,
    register_days = $8, source = $9, version = $10, updated_at = $11, deleted_at = $12
WHERE territory_id = $13 AND id = $14;

-- name: tiesAround :many
SELECT r.from_id, r.to_id FROM relations r
WHERE r.territory_id = $1 AND r.from_kind = 'organisation' AND r.to_kind = 'organisation'
    AND r.role IN ('subsidiary_of', 'controlled_by', 'branch_of') AND r.deleted_at IS NULL
    AND (r.since = '' OR r.since <= $2) AND (r.until = '' OR r.until >= $2)
    AND (r.from_id = $3 OR r.to_id = $3);
