package web

// A Look is how much a button asks to be pressed.
type Look string

// The looks. A view has one primary button.
const (
	Outlined Look = ""
	Primary  Look = "primary"
	Quiet    Look = "quiet"
	Danger   Look = "danger"
)

// An Action is a button, or a link that looks like one.
type Action struct {
	// Label is an infinitive that says what happens, and to how many.
	Label string
	// Icon is beside the label, or alone where Bare says so.
	Icon string
	Bare bool
	Look Look
	// Href makes it a link; without, it is a button that submits its form.
	Href string
	// Name and Value are sent with the form, which FormAction sends elsewhere.
	Name, Value, FormAction string
	// Small is for rows.
	Small bool
	// Dialog is the id of the dialog that opens in place of the page at Href.
	Dialog string
	// Refused says why it cannot be pressed now.
	Refused string
}

func (a Action) class() string {
	class := "button"
	if a.Look != Outlined {
		class += " button-" + string(a.Look)
	}
	if a.Small {
		class += " button-small"
	}
	if a.Bare {
		class += " button-bare"
	}
	return class
}
