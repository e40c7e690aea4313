package call

import (
	"context"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/form"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/names"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// admit makes the company of an application take part in the mission, with a
// seat for each of those who travel.
func (p *Pages) admit(ctx context.Context, tx *db.Tx, act record.Act, a *Application) error {
	if a.Organisation == "" {
		return nil
	}
	delegate, last, err := delegateOf(ctx, tx, a)
	if err != nil {
		return err
	}
	if delegate != nil {
		delegate.State = mission.TakesPart
		return mission.Participants().Save(ctx, tx, act, delegate)
	}
	delegate = &mission.Participant{
		Part:         mission.Part{Meta: a.ownMeta(), Mission: a.Mission, Position: last + 1},
		Organisation: a.Organisation, Name: a.Name, Side: mission.Delegate, State: mission.TakesPart,
		Languages: []string{a.Language},
	}
	if err := mission.Participants().Add(ctx, tx, act, delegate); err != nil {
		return err
	}
	return p.seat(ctx, tx, act, a, delegate)
}

func (a *Application) ownMeta() record.Meta {
	return record.Meta{Territory: a.Territory, Owner: a.Owner, Fictional: a.Fictional}
}

// dismiss withdraws the company of an application from the mission.
func dismiss(ctx context.Context, tx *db.Tx, act record.Act, a *Application) error {
	delegate, _, err := delegateOf(ctx, tx, a)
	if err != nil || delegate == nil {
		return err
	}
	delegate.State = mission.Withdrawn
	return mission.Participants().Save(ctx, tx, act, delegate)
}

// delegateOf is the company of an application among the delegates of the
// mission, nil where it is not, and the position of the last participant.
func delegateOf(ctx context.Context, tx *db.Tx, a *Application) (own *mission.Participant, last int, err error) {
	all, err := mission.ParticipantsOf(ctx, tx, a.Territory, a.Mission)
	for _, it := range all {
		last = max(last, it.Position)
		if it.Organisation == a.Organisation && it.Side == mission.Delegate {
			own = it
		}
	}
	return own, last, err
}

// seat gives a delegate a seat for each of those who travel, or one without a
// name where nobody is named.
func (p *Pages) seat(ctx context.Context, tx *db.Tx, act record.Act, a *Application, delegate *mission.Participant) error {
	questions, err := form.Fixed(ctx, tx, a.Territory, a.Form, a.FormNumber)
	if err != nil {
		return err
	}
	travellers := a.people(questions)
	people := make([]string, max(1, len(travellers)))
	for i, t := range travellers {
		if people[i], err = p.person(ctx, tx, act, a, t); err != nil {
			return err
		}
	}
	for i, person := range people {
		seat := &mission.Seat{
			Part:        mission.Part{Meta: a.ownMeta(), Mission: a.Mission},
			Participant: delegate.ID, Number: i + 1, Person: person,
		}
		if err := mission.Seats().Add(ctx, tx, act, seat); err != nil {
			return err
		}
	}
	return nil
}

// person finds somebody who travels among the people of the company, by address
// or by name, or adds them.
func (p *Pages) person(ctx context.Context, tx *db.Tx, act record.Act, a *Application, t form.Traveller) (string, error) {
	if t.Name == "" {
		return "", nil
	}
	everyone := territory.Viewer{Territory: territory.Territory{ID: a.Territory}, Role: territory.Administrator}
	rows, _, err := directory.ListPeople(ctx, tx, everyone, directory.PersonFilter{Organisation: a.Organisation})
	if err != nil {
		return "", err
	}
	same := func(row directory.PersonRow) bool { return names.Fold(row.Name()) == names.Fold(t.Name) }
	if at := slices.IndexFunc(rows, same); at >= 0 {
		return rows[at].ID, nil
	}
	given, family := nameParts(t.Name)
	person := &directory.Person{
		Meta: a.ownMeta(), Given: given, Family: family, Organisation: a.Organisation, Function: t.Function, Email: t.Email,
		Languages: []string{a.Language}, AddressSource: "application",
	}
	err = directory.People(p.Objections).Add(ctx, tx, act, person)
	return person.ID, err
}

// nameParts cuts a name before its last word.
func nameParts(name string) (given, family string) {
	words := strings.Fields(name)
	last := len(words) - 1
	return strings.Join(words[:last], " "), words[last]
}
