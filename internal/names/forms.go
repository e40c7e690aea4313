package names

import "strings"

// maxFormWords is how many words a legal form may have, as "s a de c v".
const maxFormWords = 5

// The legal forms, folded, the points between letters left out. They are
// compared with whole words at the ends of a name: at the end, and at the
// beginning those that are put there. What is also an ordinary word of the
// language is left out ("sel", "scoop").
var (
	eitherForms = append(strings.Fields(`
		sa sas sasu sarl eurl sci scop scic snc scp selarl sem gie gip epic scea earl gaec
		ооо оао зао пао ао ooo oao zao pao`),
		"societe anonyme", "societe a responsabilite limitee", "societe par actions simplifiee",
	)
	firstForms = setOf(eitherForms, []string{"pt", "firma"})
	lastForms  = setOf(eitherForms, strings.Fields(`
		cie suarl asbl sprl bvba
		inc incorporated corp corporation co company llc llp lp ltd limited plc pllc pty pte pvt
		gmbh ag kg ohg ug ev gbr kgaa mbh se
		spa srl srls sapa sl slu sau lda ltda eireli sgps cv
		bv nv vof vzw ab as asa aps oy oyj
		sro spzoo doo dd ood eood kft zrt nyrt ike epe
		kk gk sdn bhd berhad tbk
		fze fzco wll saog saoc jsc pjsc dmcc sti
		בעמ شمم شمع ذمم شذمم`), []string{
		"sociedad anonima", "sociedad limitada", "sa de cv", "societa per azioni",
		"aktiengesellschaft", "gesellschaft mit beschrankter haftung", "besloten vennootschap", "naamloze vennootschap",
		"sp zoo", "spolka zoo", "anonim sirketi", "limited sirketi", "public limited company", "בע מ",
	})
)

// glued takes out the legal forms that are written without a space before or
// after, longest first.
var glued = strings.NewReplacer(
	"株式会社", " ", "有限会社", " ", "合同会社", " ", "㈱", " ", "(株)", " ", "（株）", " ", "㈲", " ",
	"주식회사", " ", "유한회사", " ", "㈜", " ", "(주)", " ", "（주）", " ",
	"股份有限公司", " ", "有限责任公司", " ", "有限責任公司", " ", "有限公司", " ",
)

func setOf(lists ...[]string) map[string]bool {
	set := map[string]bool{}
	for _, list := range lists {
		for _, one := range list {
			set[one] = true
		}
	}
	return set
}
