package web

import (
	"errors"
	"net/http"

	"github.com/escale-hq/escale/internal/fault"
)

// ReadForm reads the form that a request sent, or says why it cannot.
func ReadForm(r *http.Request) error {
	err := r.ParseForm()
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		return fault.Because(err, fault.TooLarge, "web.too_large", int(long.Limit>>20))
	case err != nil:
		return fault.Because(err, fault.Invalid, "web.form_unread")
	}
	return nil
}
