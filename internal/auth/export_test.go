package auth

// What the tests look at from outside.
var (
	LocalPath = localPath
	EmailKey  = emailKey
)
