package app

import (
	"strings"
	"testing"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
)

// noPoints are the columns that look like references to records and that no
// kind registers among its points, with the reason why merging and erasing may
// pass them by. A star stands for any table.
var noPoints = map[string]string{
	"*.owner_id":       "the agency that a record belongs to: an agency that owns anything is never merged away",
	"*.user_id":        "a user, who is no record of a territory",
	"tasks.member_id":  "a user, who is no record of a territory",
	"*.mission_id":     "a mission, which is never merged",
	"*.leg_id":         "a leg of a mission, which is never merged",
	"*.venue_id":       "a venue of a mission, which is never merged",
	"*.place_id":       "a place of a mission, which is never merged",
	"*.participant_id": "a participant of a mission, which is never merged",
	"*.meeting_id":     "a meeting, which is never merged",
	"*.session_id":     "a session of a mission, which is never merged",
	"*.seat_id":        "a seat of a mission, which is never merged",
	"*.notice_id":      "a message, which is never merged",
	"*.plan_id":        "a plan of a mission, which is never merged",

	"*.expense_id": "a line of a budget, which is never merged",
	"*.grant_id":   "a grant, which is never merged",

	"members.organisation_id": "an organisation with members is never merged away",

	"history_entries.record_id": "history stays with the record that it tells of; erasing empties it",
	"history_values.entry_id":   "an entry of history",

	"search_words.record_id":       "written again with each record",
	"search_words.organisation_id": "written again with each record",
	"notes.organisation_id":        "follows from the record that the note is on",
	"files.organisation_id":        "follows from the record that the file is on",
	"tasks.organisation_id":        "follows from the record that the task is on",
	"file_contents.file_id":        "part of a file",

	"duties.organisation_id":       "an organisation with members is never merged away",
	"missions.lead_id":             "a user, who is no record of a territory",
	"journeys.from_id":             "a venue of a mission, which is never merged",
	"journeys.to_id":               "a venue of a mission, which is never merged",
	"wishes.from_id":               "a participant of a mission, which is never merged",
	"wishes.to_id":                 "a participant of a mission, which is never merged",
	"plans.previous_id":            "a plan of a mission, which is never merged",
	"plans.job_id":                 "a job",
	"programme_contacts.device_id": "made on the device on which the contact was noted",
	"engagements.record_id":        "a meeting or a session, which is never merged",
	"engaged.engagement_id":        "part of an engagement",
	"engaged.thing_id":             "a seat, a table, an interpreter, or a person who is told apart by it: published anew",
	"ticks.engagement_id":          "part of an engagement",

	"organisations.foreign_id":             "a number of a register abroad",
	"organisation_sectors.organisation_id": "part of the organisation: its field sectors",
	"organisation_sectors.sector_id":       "sectors are set with the territory, and never merged",
	"duplicates.first_id":                  "found again by each examination",
	"duplicates.second_id":                 "found again by each examination",
	"retention_notices.person_id":          "given again with each run, for the record that remains",
	"erasures.person_id":                   "the proof of what became of that very record",
	"auth_links.record_id":                 "a personal link is for that very record, whose page says where it went",
	"import_lines.import_id":               "an import",
	"import_lines.record_id":               "what became of a row, as it was on that day",
	"applications.call_id":                 "a call",
	"applications.form_id":                 "a form",
	"application_documents.application_id": "part of the application",
	"application_documents.file_id":        "a document of the application",
	"application_sectors.application_id":   "part of the application",
	"application_sectors.sector_id":        "sectors are set with the territory, and never merged",
	"call_mailings.call_id":                "a call",
	"call_reviews.application_id":          "an application",
	"call_reviews.call_id":                 "a call",
	"call_scores.application_id":           "an application",
	"call_scores.call_id":                  "a call",
	"call_selections.call_id":              "a call",
	"invitations.application_id":           "an application",
	"invitations.call_id":                  "a call",
	"invitations.mailing_id":               "what was written",
	"calls.form_id":                        "a form",
	"form_questions.form_id":               "a form",
	"form_versions.form_id":                "a form",
	"goose_db_version.version_id":          "the version of the schema",
}

// TestEveryReferenceIsRegistered walks the schema: a column that looks like a
// reference to a record is registered by a kind, or excused.
func TestEveryReferenceIsRegistered(t *testing.T) {
	registered := map[string]bool{}
	for _, kind := range (&App{}).allKinds() {
		for _, point := range kind.Points {
			registered[string(point.Table+"."+point.Column)] = true
		}
	}
	excused := map[string]bool{}
	for _, column := range referenceColumns(t) {
		_, name, _ := strings.Cut(column, ".")
		switch {
		case registered[column]:
			delete(registered, column)
		case noPoints[column] != "":
			excused[column] = true
		case noPoints["*."+name] != "":
			excused["*."+name] = true
		default:
			t.Errorf("%s looks like a reference: register it in the Points of its kind, so that it follows when records are merged, or excuse it in noPoints", column)
		}
	}
	for column := range registered {
		t.Errorf("a kind registers %s, which the schema does not have", column)
	}
	for column := range noPoints {
		if !excused[column] {
			t.Errorf("noPoints excuses %s, which needs no excuse", column)
		}
	}
}

// referenceColumns are those that look like references to records.
func referenceColumns(t *testing.T) (columns []string) {
	t.Helper()
	d := dbtest.Open(t)
	err := d.Read(ctx, func(tx *db.Tx) error {
		q := db.Select("t.name || '.' || c.name", "pragma_table_list AS t, pragma_table_info(t.name) AS c").
			Where("t.schema = 'main' AND t.type = 'table'").
			Where(`c.name LIKE '%\_id' ESCAPE '\' OR c.name = 'merged_into'`).
			Where("c.name <> 'territory_id'").Order("1")
		var err error
		columns, err = db.Collect(ctx, tx, q, db.One)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return columns
}
