package directory_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

var objections = directory.NewObjections([]byte("a key of the tests"))

func people() record.Noun[directory.Person] { return directory.People(objections) }

func person(t *testing.T, d *db.DB, p directory.Person) *directory.Person {
	t.Helper()
	if p.Territory == 0 {
		p.Territory = 1
	}
	write(t, d, func(tx *db.Tx) error { return people().Add(ctx, tx, act, &p) })
	return &p
}

// kinds are all those that the tests know.
func kinds() record.Kinds {
	all := append(directory.Kinds(), directory.PeopleKinds(objections)...)
	return record.NewKinds(append(all, record.RelationKind())...)
}

func TestNamesInTheirOrder(t *testing.T) {
	for _, c := range []struct {
		p    directory.Person
		want string
	}{
		{directory.Person{Given: "Ana", Family: "Ruiz"}, "Ana Ruiz"},
		{directory.Person{Given: "Haruto", Family: "Sato", Languages: []string{"ja"}}, "Sato Haruto"},
		{directory.Person{Given: "Haruto", Family: "Sato", Languages: []string{"ja"}, Order: "given"}, "Haruto Sato"},
		{directory.Person{Given: "Ana", Family: "Ruiz", Order: "family"}, "Ruiz Ana"},
		{directory.Person{Given: "小明", Family: "王"}, "王小明"},
		{directory.Person{Original: "נעם"}, "נעם"},
	} {
		if got := c.p.Name(); got != c.want {
			t.Errorf("%+v is called %q, want %q", c.p, got, c.want)
		}
	}
}

func TestEveryFieldOfPeopleIsKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		workspace(t, d)
		o := organisation(t, d, directory.Organisation{Name: "Capital"})
		other := person(t, d, directory.Person{Family: "Other"})
		given := map[string]map[string]string{
			"person": {
				"honorific": "mrs", "title": "Dr", "given_name": "Ana", "family_name": "Ruiz", "name_order": "family",
				"original_name": "アナ", "organisation": o.ID, "function": "Director", "since": "2015-01-01", "country": "ES",
				"languages": "es; en", "email": "a@b.example", "other_emails": "c@b.example; d@b.example",
				"phones": "0034 91 000 00 00; 12", "consent": "given", "consent_date": "2016-02-03", "consent_source": "form",
				"address_source": "business card", "told": "by mail", "last_contact": "2017-01-02", "source": "doc",
				"merged_into": other.ID,
			},
			"post": {
				"person": other.ID, "organisation": o.ID, "function": "Deputy", "since": "2011-01-01", "until": "2014-12-31",
			},
		}
		needed := map[string]map[string]string{
			"person": {"family_name": "x"}, "post": {"person": other.ID, "organisation": o.ID},
		}
		for _, kind := range directory.PeopleKinds(objections) {
			want := given[kind.Name]
			for _, field := range kind.Fields {
				if want[field.Name] == "" {
					t.Errorf("%s: the test gives no %s", kind.Name, field.Name)
				}
			}
			write(t, d, func(tx *db.Tx) error {
				created, err := kind.Create(ctx, tx, act, record.Meta{Territory: 1, Owner: "agency"}, without(want, "merged_into"))
				if err != nil {
					return err
				}
				changed, err := kind.Create(ctx, tx, act, record.Meta{Territory: 1}, needed[kind.Name])
				if err != nil {
					return err
				}
				if err := kind.Change(ctx, tx, act, 1, changed, want); err != nil {
					return err
				}
				for id, want := range map[string]map[string]string{created: without(want, "merged_into"), changed: want} {
					got, err := kind.Texts(ctx, tx, 1, id)
					if diff := cmp.Diff(want, got); diff != "" || err != nil {
						t.Errorf("%s: %v %s", kind.Name, err, diff)
					}
				}
				return nil
			})
		}
	})
}

func without(texts map[string]string, field string) map[string]string {
	rest := map[string]string{}
	for name, text := range texts {
		if name != field {
			rest[name] = text
		}
	}
	return rest
}

func TestPersonRefuses(t *testing.T) {
	d := dbtest.Open(t)
	workspace(t, d)
	for field, texts := range map[string]map[string]string{
		"family_name":  {"function": "Director"},
		"consent":      {"family_name": "Ruiz", "consent": "given"},
		"email":        {"family_name": "Ruiz", "email": "nobody"},
		"other_emails": {"family_name": "Ruiz", "other_emails": "a@b.example; nobody"},
		"languages":    {"family_name": "Ruiz", "languages": "fr; !"},
		"last_contact": {"family_name": "Ruiz", "last_contact": "06/11/2017"},
		"country":      {"family_name": "Ruiz", "country": "Atlantis"},
	} {
		err := d.Write(ctx, func(tx *db.Tx) error {
			_, err := people().Kind().Create(ctx, tx, act, record.Meta{Territory: 1}, texts)
			return err
		})
		if problems, ok := err.(fault.Problems); !ok || len(problems) != 1 || problems[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestListPeople(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		workspace(t, d)
		etang := organisation(t, d, directory.Organisation{Name: "Étang Bleu"})
		coral := organisation(t, d, directory.Organisation{Name: "Coral Clinic"})
		ruiz := person(t, d, directory.Person{Given: "Ana", Family: "Ruíz", Organisation: etang.ID, Country: "ES", Phones: []string{"0034 910 00 00 00"}, LastContact: "2017-02-01"})
		person(t, d, directory.Person{Given: "Bo", Family: "Abel", Organisation: coral.ID, Email: "bo@coral.example", Consent: "asked", LastContact: "2017-01-01"})
		person(t, d, directory.Person{Meta: record.Meta{Owner: "agency"}, Given: "Cy", Family: "Zed"})
		person(t, d, directory.Person{Meta: record.Meta{Territory: 2}, Family: "Neighbour"})
		gone := person(t, d, directory.Person{Family: "Gone"})
		write(t, d, func(tx *db.Tx) error {
			post := &directory.Post{Meta: record.Meta{Territory: 1}, Person: ruiz.ID, Organisation: coral.ID, Until: "2014-01-01"}
			if err := directory.Posts().Add(ctx, tx, act, post); err != nil {
				return err
			}
			return people().Delete(ctx, tx, act, 1, gone.ID)
		})
		agency := territory.Viewer{Territory: territory.Territory{ID: 1}, Role: territory.Partner, Organisation: "agency"}
		firm := territory.Viewer{Territory: territory.Territory{ID: 1}, Role: territory.Company, Organisation: etang.ID}
		for name, c := range map[string]struct {
			who    territory.Viewer
			filter directory.PersonFilter
			want   []string
		}{
			"all by family name": {officer(1), directory.PersonFilter{}, []string{"Bo Abel", "Ana Ruíz", "Cy Zed"}},
			"by organisation":    {officer(1), directory.PersonFilter{Organisation: etang.ID}, []string{"Ana Ruíz"}},
			"former posts too":   {officer(1), directory.PersonFilter{Organisation: coral.ID}, []string{"Bo Abel", "Ana Ruíz"}},
			"country":            {officer(1), directory.PersonFilter{Countries: []string{"ES"}}, []string{"Ana Ruíz"}},
			"consent":            {officer(1), directory.PersonFilter{Consents: []string{"asked"}}, []string{"Bo Abel"}},
			"last contact":       {officer(1), directory.PersonFilter{Sort: "contact", Descending: true}, []string{"Ana Ruíz", "Bo Abel", "Cy Zed"}},
			"search":             {officer(1), directory.PersonFilter{Search: "ruiz"}, []string{"Ana Ruíz"}},
			"search by number":   {officer(1), directory.PersonFilter{Search: "+34910000000"}, []string{"Ana Ruíz"}},
			"search by address":  {officer(1), directory.PersonFilter{Search: "bo@coral.example"}, []string{"Bo Abel"}},
			"trash":              {officer(1), directory.PersonFilter{Deleted: true}, []string{"Gone"}},
			"the neighbour":      {officer(2), directory.PersonFilter{}, []string{"Neighbour"}},
			"an agency":          {agency, directory.PersonFilter{}, []string{"Cy Zed"}},
			"a company":          {firm, directory.PersonFilter{}, []string{"Ana Ruíz"}},
			"another's search":   {firm, directory.PersonFilter{Search: "abel"}, nil},
		} {
			var got []string
			var all int
			write(t, d, func(tx *db.Tx) error {
				rows, n, err := directory.ListPeople(ctx, tx, c.who, c.filter)
				for _, row := range rows {
					got = append(got, row.Name())
				}
				all = n
				return err
			})
			if diff := cmp.Diff(c.want, got); diff != "" || all != len(c.want) {
				t.Errorf("%s: %d in all, %s", name, all, diff)
			}
		}
	})
}

func TestAppointingKeepsTheFormerPost(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		workspace(t, d)
		before, after := organisation(t, d, directory.Organisation{Name: "Before"}), organisation(t, d, directory.Organisation{Name: "After"})
		p := person(t, d, directory.Person{Family: "Ruiz", Organisation: before.ID, Function: "Director", Since: "2012-01-01"})
		write(t, d, func(tx *db.Tx) error {
			if err := directory.Appoint(ctx, tx, people(), act, p, after.ID, "President", "2016-05-01"); err != nil {
				return err
			}
			posts, err := directory.PostsOf(ctx, tx, 1, p.ID)
			if err != nil || len(posts) != 1 {
				t.Fatalf("%v, %v", posts, err)
			}
			if got := posts[0]; got.Organisation != before.ID || got.Function != "Director" || got.Since != "2012-01-01" || got.Until != "2016-05-01" {
				t.Errorf("the former post is %+v", got)
			}
			got, err := people().Load(ctx, tx, 1, p.ID)
			if got.Organisation != after.ID || got.Function != "President" || got.Since != "2016-05-01" {
				t.Errorf("the post is %+v", got)
			}
			return err
		})
	})
}

func TestPeopleWhoAreAlike(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		workspace(t, d)
		kept := person(t, d, directory.Person{Given: "Ana", Family: "Ruíz", Email: "ana@b.example", OtherEmails: []string{"ruiz@b.example"}})
		here := ref.Ref{Territory: 1, Kind: "person", ID: kept.ID}
		for name, c := range map[string]struct {
			texts map[string]string
			want  []record.Likeness
		}{
			"name and address": {map[string]string{"given_name": "ANA", "family_name": "ruiz", "email": "ana@b.example"}, []record.Likeness{{
				Ref: here, Sure: true, Why: []fault.Problem{{Key: "person.same_name"}, {Key: "person.same_email"}},
			}}},
			"address":       {map[string]string{"family_name": "Roy", "email": "ANA@b.example"}, []record.Likeness{{Ref: here, Why: []fault.Problem{{Key: "person.same_email"}}}}},
			"name alone":    {map[string]string{"given_name": "Ana", "family_name": "Ruiz"}, nil},
			"somebody else": {map[string]string{"given_name": "Bo", "family_name": "Abel", "email": "bo@b.example"}, nil},
		} {
			write(t, d, func(tx *db.Tx) error {
				alike, err := kinds()["person"].Alike(ctx, tx, 1, []map[string]string{c.texts})
				if diff := cmp.Diff([][]record.Likeness{c.want}, alike); diff != "" {
					t.Errorf("%s: %s", name, diff)
				}
				return err
			})
		}
		twice := map[string]string{"family_name": "Abel", "email": "bo@b.example"}
		write(t, d, func(tx *db.Tx) error {
			alike, err := kinds()["person"].Alike(ctx, tx, 1, []map[string]string{{"family_name": "First"}, twice, twice})
			if len(alike[0])+len(alike[1]) > 0 || len(alike[2]) != 1 || alike[2][0].Earlier != 1 || !alike[2][0].Sure {
				t.Errorf("rows of one sheet: %+v", alike)
			}
			return err
		})
	})
}
