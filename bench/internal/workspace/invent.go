package workspace

import (
	"context"
	"fmt"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/names"
)

func sectors() []directory.Sector {
	return []directory.Sector{
		{ID: "maritime", Name: text("Maritime", "Maritime"), Letter: "M", Shape: "hull"},
		{ID: "health", Name: text("Santé", "Health"), Letter: "S", Shape: "disc"},
		{ID: "tourism", Name: text("Tourisme", "Tourism"), Letter: "T", Shape: "arch"},
		{ID: "digital", Name: text("Numérique", "Digital"), Letter: "N", Shape: "pixel"},
	}
}

func cities() []directory.City {
	return []directory.City{
		{Name: "Marseille", Country: "FR", Zone: "Europe/Paris"},
		{Name: "Toulon", Country: "FR", Zone: "Europe/Paris"},
		{Name: "Nice", Country: "FR", Zone: "Europe/Paris"},
		{Name: "Montréal", Country: "CA", Zone: "America/Toronto"},
		{Name: "Miami", Country: "US", Zone: "America/New_York"},
		{Name: "Casablanca", Country: "MA", Zone: "Africa/Casablanca"},
		{Name: "Hambourg", Country: "DE", Zone: "Europe/Berlin"},
		{Name: "Gênes", Country: "IT", Zone: "Europe/Rome"},
	}
}

// The parts that names are made of. Names share common words and beginnings, as
// those of a real directory do: that is what makes searching hard.
var (
	syllables = strings.Fields(`ba bel bri ca cor da del do fa fe ga gri ha jo ka lan lo ma mel mi na no pa pel qua ra ri
		sa sol ta tri va vel vi za zel zo`)
	endings    = strings.Fields("dine lor mar nix phane quis rane tis va zaïr ène ôme")
	activities = strings.Fields(`Maritime Navale Conseil Logistique Santé Énergies Voyages Numérique Ingénierie Aéro
		Systèmes Optique Nautisme Hydraulique Robotique Analyses Transit Tourisme Mécanique Réseaux`)
	givens = strings.Fields(`Agathe Amina Béatrice Camille Chloé David Élise Farid Gaël Hélène Inès Jules Karim Léa
		Malik Nadia Océane Paul Quentin Rachel Samir Théo Ulysse Valérie Wassim Yaël Zoé`)
	functions = strings.Fields("Directrice Gérant Acheteuse Ingénieur Présidente Consultant Responsable")
)

func pick[T any](f *filler, from []T) T { return from[f.random.IntN(len(from))] }

// invented is a name that no company has: two to three syllables and an ending.
func (f *filler) invented() string {
	name := pick(f, syllables) + pick(f, syllables)
	if f.random.IntN(2) == 0 {
		name += pick(f, syllables)
	}
	name += pick(f, endings)
	return strings.ToUpper(name[:1]) + name[1:]
}

func (f *filler) organisation(ctx context.Context, tx *db.Tx) error {
	city := pick(f, f.cities)
	word, activity := f.invented(), pick(f, activities)
	domain := strings.ReplaceAll(names.Fold(word), " ", "") + fmt.Sprintf("%d.example", f.random.IntN(1000))
	o := directory.Organisation{
		Meta: f.meta(f.owner()), Name: word + " " + activity, Kind: pick(f, directory.OrganisationKinds()),
		City: city.ID, Country: city.Country, Street: fmt.Sprintf("%d quai %s", 1+f.random.IntN(200), f.invented()),
		Postcode: fmt.Sprintf("%05d", f.random.IntN(100_000)), Size: pick(f, directory.Sizes()),
		Founded: fmt.Sprint(1950 + f.random.IntN(75)), Site: "https://" + domain, Email: "contact@" + domain,
		Sectors: []string{pick(f, sectors()).ID},
		Description: text(fmt.Sprintf("%s pour %s et %s.", activity, pick(f, activities), pick(f, activities)),
			fmt.Sprintf("%s for %s.", activity, pick(f, activities))),
	}
	if err := directory.Organisations().Add(ctx, tx, act, &o); err != nil {
		return err
	}
	f.employers = append(f.employers, employer{o.ID, o.Owner, o.Country, domain})
	return nil
}

// owner gives one record in a hundred to the agency.
func (f *filler) owner() string {
	if f.random.IntN(100) == 0 {
		return f.agency
	}
	return ""
}

func (f *filler) person(ctx context.Context, tx *db.Tx) error {
	at := pick(f, f.employers)
	given, family := pick(f, givens), f.invented()
	p := directory.Person{
		Meta: f.meta(at.owner), Given: given, Family: family, Organisation: at.id, Function: pick(f, functions), Country: at.country,
		Languages: []string{"fr"}, Email: strings.ReplaceAll(names.Fold(given+" "+family), " ", ".") + "@" + at.domain,
	}
	return directory.People(directory.Objections{}).Add(ctx, tx, act, &p)
}
