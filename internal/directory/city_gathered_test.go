package directory_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// miami is a city with what is between it and the territory: a port there, an
// office of a clinic, the records of an agency, and people of each.
type miami struct {
	city                   *directory.City
	agency                 string
	ruiz, lee, park, smith *directory.Person
}

func newMiami(t *testing.T, d *db.DB) miami {
	marseille, there := workspace(t, d)
	in := func(name, city, owner string) string {
		return organisation(t, d, directory.Organisation{Meta: record.Meta{Owner: owner}, Name: name, City: city}).ID
	}
	m := miami{agency: in("Agency", marseille, "")}
	port, clinic, hotel := in("Port", there, ""), in("Clinic", marseille, ""), in("Hotel", there, m.agency)
	address(t, d, directory.Address{Organisation: clinic, Label: "Office", City: there})
	known := func(family, organisation, owner, contact string) *directory.Person {
		return person(t, d, directory.Person{Meta: record.Meta{Owner: owner}, Family: family, Organisation: organisation, LastContact: contact})
	}
	m.ruiz, m.lee = known("Ruiz", port, "", "2026-01-05"), known("Lee", clinic, "", "2026-03-01")
	m.park = known("Park", hotel, m.agency, "")
	m.smith = known("Smith", m.agency, "", "2026-02-01")
	gone := known("Gone", port, "", "2026-11-01")
	known("Elsewhere", m.agency, "", "2026-11-02")
	write(t, d, func(tx *db.Tx) (err error) {
		if m.city, err = directory.Cities().Load(ctx, tx, 1, there); err != nil {
			return err
		}
		posts := []*directory.Post{
			{Person: m.smith.ID, Organisation: port, Function: "Adviser"},
			{Person: m.lee.ID, Organisation: m.agency, Until: "2020-01-01"},
		}
		for _, post := range posts {
			post.Territory = 1
			if err := directory.Posts().Add(ctx, tx, act, post); err != nil {
				return err
			}
		}
		return people().Delete(ctx, tx, act, 1, gone.ID)
	})
	m.annotate(t, d)
	return m
}

// annotate puts notes and tasks on what is there.
func (m miami) annotate(t *testing.T, d *db.DB) {
	write(t, d, func(tx *db.Tx) error {
		for _, author := range []string{"Zoé", "Ada", "Ada"} {
			n := &panel.Note{Meta: record.Meta{Territory: 1}, Place: panel.Place{On: people().Ref(m.ruiz)}, Text: "Met", AuthorName: author}
			if err := panel.Notes().Add(ctx, tx, act, n); err != nil {
				return err
			}
		}
		port := ref.Ref{Territory: 1, Kind: "organisation", ID: m.ruiz.Organisation}
		for title, on := range map[string]ref.Ref{
			"on the city": directory.Cities().Ref(m.city), "on the port": port, "on Lee": people().Ref(m.lee),
			"on nothing": {}, "on the agency": organisationRef(1, m.agency),
		} {
			task := &panel.Task{Meta: record.Meta{Territory: 1}, Place: panel.Place{On: on}, Title: title}
			if err := panel.Tasks().Add(ctx, tx, act, task); err != nil {
				return err
			}
		}
		done := &panel.Task{Meta: record.Meta{Territory: 1}, Place: panel.Place{On: port}, Title: "done", Done: true}
		return panel.Tasks().Add(ctx, tx, act, done)
	})
}

// TestAcquaintances: who holds a post in the city is known there, the latest
// contact first, and it is said by whom, as far as the viewer may see it.
func TestAcquaintances(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := newMiami(t, d)
		member := func(role territory.Role) territory.Viewer {
			return territory.Viewer{Territory: territory.Territory{ID: 1}, Role: role, Organisation: m.agency}
		}
		for name, c := range map[string]struct {
			viewer territory.Viewer
			want   map[string][]string
			order  []string
		}{
			"officer": {
				officer(1),
				map[string][]string{"Ruiz": {"Ada", "Zoé"}, "Park": {"Agency"}},
				[]string{"Lee", "Smith", "Ruiz", "Park"},
			},
			"agency":    {member(territory.Partner), map[string][]string{"Park": {"Agency"}}, []string{"Smith", "Park"}},
			"finance":   {member(territory.Finance), map[string][]string{}, nil},
			"observer":  {member(territory.Observer), map[string][]string{}, nil},
			"elsewhere": {officer(2), map[string][]string{}, nil},
		} {
			write(t, d, func(tx *db.Tx) error {
				found, err := directory.AcquaintancesIn(ctx, tx, c.viewer, m.city)
				by, order := map[string][]string{}, []string(nil)
				for _, a := range found {
					order = append(order, a.Family)
					if len(a.By) > 0 {
						by[a.Family] = a.By
					}
				}
				if diff := cmp.Diff(c.order, order) + cmp.Diff(c.want, by); diff != "" {
					t.Errorf("%s: %s", name, diff)
				}
				return err
			})
		}
	})
}

// TestOpenTasks: what is open on the city, its organisations and the people
// known there.
func TestOpenTasks(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := newMiami(t, d)
		finance := territory.Viewer{Territory: territory.Territory{ID: 1}, Role: territory.Finance}
		observer := territory.Viewer{Territory: territory.Territory{ID: 1}, Role: territory.Observer}
		for name, c := range map[string]struct {
			viewer territory.Viewer
			want   []string
		}{
			"officer":              {officer(1), []string{"on Lee", "on the city", "on the port"}},
			"who sees no people":   {finance, []string{"on the city", "on the port"}},
			"who sees no tasks":    {observer, nil},
			"of another territory": {officer(2), nil},
		} {
			write(t, d, func(tx *db.Tx) error {
				tasks, err := directory.OpenTasksIn(ctx, tx, kinds(), c.viewer, m.city)
				var titles []string
				for _, task := range tasks {
					titles = append(titles, task.Title)
				}
				slices.Sort(titles)
				if diff := cmp.Diff(c.want, titles); diff != "" {
					t.Errorf("%s: %s", name, diff)
				}
				return err
			})
		}
	})
}
