package auth

// What the tests look at from outside.
var (
	LocalPath = localPath
	EmailKey  = emailKey
)

// ReadToken says what a token names, and whether it does.
func (a *Auth) ReadToken(token string) (Link, bool) {
	l, _, genuine := a.keys.readToken(token)
	return l, genuine
}
