package auth

// EmailKey is looked at by the tests, from outside.
var EmailKey = emailKey

// ReadToken says what a token names, and whether it does.
func (a *Auth) ReadToken(token string) (Link, bool) {
	l, _, genuine := a.keys.readToken(token)
	return l, genuine
}
