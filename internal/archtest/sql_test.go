package archtest

import (
	"testing"
	"testing/fstest"
)

const goodSchema = `-- +goose Up
CREATE TABLE organisations (
    territory_id integer NOT NULL,
    id           text NOT NULL,
    city_id      text,
    PRIMARY KEY (territory_id, id),
    FOREIGN KEY (territory_id, city_id) REFERENCES cities (territory_id, id)
);
CREATE TABLE cities (
    territory_id integer NOT NULL,
    id           text NOT NULL,
    PRIMARY KEY (territory_id, id)
);
-- +goose Down
DROP TABLE organisations;
`

func TestCheckSchema(t *testing.T) {
	expect(t, CheckSchema(loadFiles(t, fstest.MapFS{
		migrationFolder + "common/0001_directory.sql": {Data: []byte(goodSchema)},
		migrationFolder + "common/0002_auth.sql":      {Data: []byte("-- +goose Up\nCREATE TABLE users (\n    id text PRIMARY KEY\n);\n")},
	})))
}

func TestCheckSchemaRefuses(t *testing.T) {
	expect(
		t, CheckSchema(loadFiles(t, fstest.MapFS{
			migrationFolder + "common/0001_directory.sql": {Data: []byte(`-- +goose Up
CREATE TABLE loose (
    id text PRIMARY KEY
);
CREATE TABLE late (
    id           text NOT NULL,
    territory_id integer NOT NULL,
    other_id     text,
    PRIMARY KEY (id, territory_id),
    FOREIGN KEY (other_id, territory_id) REFERENCES others (id, territory_id)
);
`)},
			migrationFolder + "common/0002_lodging.sql": {Data: []byte("-- +goose Up\nCREATE TABLE rooms (\n    territory_id integer NOT NULL,\n    PRIMARY KEY (territory_id)\n);\n")},
		})),
		migrationFolder+"common/0001_directory.sql: the table loose has no territory_id, and is not among the exceptions in internal/archtest/sql.go",
		migrationFolder+"common/0001_directory.sql: the primary key of late does not begin with territory_id",
		migrationFolder+"common/0001_directory.sql: a foreign key of late does not begin with territory_id",
		migrationFolder+"common/0002_lodging.sql: there is no folder internal/lodging to own the table rooms",
	)
}

func TestCheckQueries(t *testing.T) {
	expect(
		t, CheckQueries(loadFiles(t, fstest.MapFS{
			migrationFolder + "common/0001_directory.sql": {Data: []byte(goodSchema)},
			"internal/directory/queries.sql": {Data: []byte("-- name: good :one\nSELECT id FROM organisations WHERE territory_id = $1;\n\n" +
				"-- name: bad :one\nSELECT id FROM organisations WHERE id = $1;\n")},
			"internal/mission/queries.sql": {Data: []byte("-- name: reads :one\nSELECT id FROM cities WHERE territory_id = $1;\n\n" +
				"-- name: writes :exec\nUPDATE cities SET id = $1 WHERE territory_id = $2;\n")},
			"internal/record/a.go": {Data: []byte("package record\n\nvar q = db.Select(\"id\", \"organisations o\")\n")},
			"internal/record/b.go": {Data: []byte("package record\n\nfunc f() { tx.Exec(`DELETE FROM cities`) }\n")},
		})),
		"internal/directory/queries.sql: bad is about the table organisations and does not name the territory",
		"internal/mission/queries.sql: writes writes the table cities, which is internal/directory's",
		"internal/record/a.go:3 reads the table organisations of internal/directory, which is no lower floor",
		"internal/record/b.go:3 writes the table cities, which is internal/directory's",
		"internal/record/b.go:3 reads the table cities of internal/directory, which is no lower floor",
		"internal/record/b.go:3 is about the table cities and does not name the territory",
	)
}

func TestCheckConstantSQL(t *testing.T) {
	expect(
		t, CheckConstantSQL(loadFiles(t, fstest.MapFS{
			"internal/db/query.go":       {Data: []byte("package db\n\nvar q = db.SQL(text)\n")},
			"internal/directory/good.go": {Data: []byte("package directory\n\nvar q = db.SQL(\"o.name\")\n")},
			"internal/directory/bad.go":  {Data: []byte("package directory\n\nvar q = db.SQL(r.FormValue(\"sort\"))\n")},
		})),
		"internal/directory/bad.go:3 makes SQL of a text that is no constant: pass a constant, or an argument for ?",
	)
}
