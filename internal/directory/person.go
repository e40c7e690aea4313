package directory

import (
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/escale-hq/escale/internal/directory/ident"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/names"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// A Person is a human whom the territory knows.
type Person struct {
	record.Meta
	Given, Family string
	Order         string // one of NameOrders; "": that of their first language
	Original      string // the name in its own script
	Honorific     string // one of Honorifics, or ""
	Title         string // before the name: "Dr", "Consul General"

	// Organisation and Function are the post that counts, since when they hold it.
	// It decides who may see them; other posts are records of their own.
	Organisation, Function, Since string

	Country     string   // where they are reached, two letters: telephones are read so
	Languages   []string // codes, that of their name first
	Email       string   // the main one
	OtherEmails []string
	Phones      []string // as written: see Numbers

	Consent, ConsentDate, ConsentSource string // one of Consents, when and how it was known
	// AddressSource is where the address comes from, Told what they were told of it.
	AddressSource, Told string
	// LastContact is the day on which they last gave a sign themselves: opening a
	// message is none.
	LastContact string

	Source     string // the document that a recorded fact comes from, or ""
	MergedInto string // the record that this one was merged into, or ""
}

// NameOrders are the orders of names, where they are not those of a language.
func NameOrders() []string { return []string{"given", "family"} }

// Honorifics are how a letter addresses somebody.
func Honorifics() []string { return []string{"mrs", "mr"} }

// The consents that the program itself looks at.
const (
	ConsentGiven    = "given"
	ConsentObjected = "objected" // to any use, for good
)

// Consents are what a person can have said to being written to.
func Consents() []string { return []string{"asked", ConsentGiven, "refused", ConsentObjected} }

// Name is the person's name as their culture orders it.
func (p *Person) Name() string {
	name := names.Person(p.Given, p.Family, p.order())
	if name == "" {
		return p.Original
	}
	return name
}

// Initials are for the tile of somebody without a picture.
func (p *Person) Initials() string { return names.Initials(p.Given, p.Family, p.order()) }

func (p *Person) order() names.Order {
	switch {
	case p.Order == "family":
		return names.FamilyFirst
	case p.Order == "" && len(p.Languages) > 0:
		return names.OrderOf(p.Languages[0])
	default:
		return names.GivenFirst
	}
}

// Emails are all their addresses, the main one first.
func (p *Person) Emails() []string {
	all := append([]string{p.Email}, p.OtherEmails...)
	return slices.DeleteFunc(all, func(email string) bool { return email == "" })
}

// Numbers are their telephones in the international form, as far as they can be
// read.
func (p *Person) Numbers() []string {
	var numbers []string
	for _, phone := range p.Phones {
		if number, err := ident.ParsePhone(phone, p.Country); err == nil {
			numbers = append(numbers, number)
		}
	}
	return numbers
}

// Subject says who may do what to them.
func (p *Person) Subject() territory.Subject {
	return territory.Subject{Owner: p.Owner, Organisation: p.Organisation}
}

// Erased says whether what was known of them is gone for good.
func (p *Person) Erased() bool { return p.Given == "" && p.Family == "" && p.Original == "" }

// personFields are what is said of a person, in reading order. All tell
// something of a human, but for the last.
func personFields() record.Fields[Person] {
	fields := record.Fields[Person]{
		record.ChoiceField("honorific", Honorifics(), func(p *Person) *string { return &p.Honorific }),
		record.TextField("title", func(p *Person) *string { return &p.Title }),
		record.TextField("given_name", func(p *Person) *string { return &p.Given }),
		record.TextField("family_name", func(p *Person) *string { return &p.Family }),
		record.ChoiceField("name_order", NameOrders(), func(p *Person) *string { return &p.Order }),
		record.TextField("original_name", func(p *Person) *string { return &p.Original }),
		record.ReferenceField("organisation", "organisation", func(p *Person) *string { return &p.Organisation }),
		record.TextField("function", func(p *Person) *string { return &p.Function }),
		record.DateField("since", func(p *Person) *string { return &p.Since }),
		record.ParsedField("country", country, func(p *Person) *string { return &p.Country }),
		record.ParsedListField("languages", languageCode, func(p *Person) *[]string { return &p.Languages }),
		record.ParsedField("email", ident.ParseEmail, func(p *Person) *string { return &p.Email }),
		record.ParsedListField("other_emails", ident.ParseEmail, func(p *Person) *[]string { return &p.OtherEmails }),
		record.ListField("phones", func(p *Person) *[]string { return &p.Phones }),
		record.ChoiceField("consent", Consents(), func(p *Person) *string { return &p.Consent }),
		record.DateField("consent_date", func(p *Person) *string { return &p.ConsentDate }),
		record.TextField("consent_source", func(p *Person) *string { return &p.ConsentSource }),
		record.TextField("address_source", func(p *Person) *string { return &p.AddressSource }),
		record.TextField("told", func(p *Person) *string { return &p.Told }),
		record.DateField("last_contact", func(p *Person) *string { return &p.LastContact }),
		record.Unlisted(record.TextField("source", func(p *Person) *string { return &p.Source })),
	}
	for i := range fields {
		fields[i].Personal = true
	}
	fields = append(fields, record.Unlisted(record.ReferenceField("merged_into", "person", func(p *Person) *string { return &p.MergedInto })))
	return forWorkbooks(fields, "given_name", "family_name", "email")
}

func languageCode(text string) (string, error) {
	tag, err := language.Parse(strings.ToLower(text))
	if err != nil {
		return "", fault.Because(err, fault.Invalid, "person.language_unknown", text)
	}
	return tag.String(), nil
}

// settle derives what follows from the fields, and says what is wrong.
func (p *Person) settle() error {
	var problems fault.Problems
	if p.Erased() {
		problems.Add("family_name", "person.name_needed")
	}
	if p.Consent == ConsentGiven && (p.ConsentDate == "" || p.ConsentSource == "") {
		problems.Add("consent", "person.consent_unproven")
	}
	p.OtherEmails = slices.DeleteFunc(p.OtherEmails, func(email string) bool { return email == p.Email })
	return problems.Or()
}

// key is what the name sorts by: the family's first.
func (p *Person) key() string {
	if p.Given == "" && p.Family == "" {
		return names.SortKey(p.Original)
	}
	return names.SortKey(p.Family, p.Given)
}

// found says how a person is found: by their names and addresses.
func (p *Person) found() record.Found {
	words := append([]string{p.Given, p.Family, p.Original, p.Title, p.Function}, p.Emails()...)
	words = append(append(words, p.Phones...), p.Numbers()...)
	return record.Found{Title: p.Name(), Detail: p.Function, Words: words, Subject: p.Subject()}
}
