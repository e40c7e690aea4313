package main

import (
	"fmt"
	"math/rand/v2"
)

// convention is one pool of 450 people, who meet each other in quarters of an
// hour within one afternoon. Everything in it is invented.
func convention() *mission {
	r := rand.New(rand.NewPCG(450, 15))
	m := &mission{
		name: "Rencontres d’affaires d’automne (exemple fictif)", zone: "Europe/Paris", language: "fr", minutes: 15,
		slots: []slotRow{
			{leg: "Marseille", date: "2026-10-08", start: "13:30", end: "15:45"},
			{leg: "Marseille", date: "2026-10-08", start: "16:15", end: "18:30"},
		},
		venues: []venue{{id: "HALLE", name: "Grande halle", address: "Quai d’Arenc, Marseille (adresse fictive)", latitude: 43.3128, longitude: 5.3650, tables: 110}},
	}
	m.firms = conventionFirms(r)
	w := newWisher(r, "fr", 0.3)
	w.between(m.firms, m.firms, 5, 9)
	for i := range w.wishes {
		w.wishes[i].note = ""
	}
	m.wishes = w.wishes
	m.sessions = []session{{"Mot de bienvenue", "2026-10-08 13:00", "2026-10-08 13:20", "HALLE", []string{everybody}}}
	return m
}

// conventionPeople is how many come, one or two of a firm.
const conventionPeople = 450

func conventionFirms(r *rand.Rand) []*firm {
	trades := []string{"Atelier", "Comptoir", "Fabrique", "Maison", "Studio", "Bureau", "Manufacture", "Cabinet", "Entrepôt", "Laboratoire", "Chantier", "Verger", "Imprimerie", "Menuiserie", "Fonderie", "Verrerie", "Papeterie", "Serrurerie", "Conserverie", "Tannerie", "Filature"}
	names := []string{"du Cadran bleu", "de l’Estran", "des Trois Anses", "du Vieux Mûrier", "de la Rascasse", "des Platanes gris", "du Mistral noir", "de la Baume", "des Quatre Vents", "du Phare éteint", "de la Sarriette", "des Grands Pins", "du Puits doux", "de la Restanque", "des Oursins", "du Pas-de-Loup", "de la Bugade", "des Genêts", "du Romarin", "de la Pierre sèche"}
	all := topics()
	offered := records("topics")
	var firms []*firm
	order := r.Perm(len(trades) * len(names))
	for people := 0; people < conventionPeople; {
		k := order[len(firms)]
		f := &firm{id: fmt.Sprintf("P%03d", len(firms)+1), name: trades[k%len(trades)] + " " + names[k/len(trades)]}
		f.topics = []topic{all[draw(r, offered)["topic"]], all[draw(r, offered)["topic"]]}
		f.sector = f.topics[0].sector
		f.representatives = 1
		if chance(r, 0.12) && people+2 <= conventionPeople {
			f.representatives, f.max = 2, 16
		}
		if chance(r, 0.2) {
			f.unavailable = []string{draw(r, []string{"2026-10-08 13:30-14:30", "2026-10-08 17:30-18:30", "2026-10-08 16:15-17:00"})}
		}
		people += f.representatives
		firms = append(firms, f)
	}
	return firms
}
