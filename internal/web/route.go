package web

import "net/http"

// A Route is one address of the program, with the right that it takes: the
// action on the noun that the table of rights has a row for. An open route
// takes no right and says so; any other asks who is there first.
type Route struct {
	// Pattern is a method and a path as net/http reads them:
	// "GET /t/{territory}/organisations/{id}".
	Pattern string
	// Noun and Action name the right: "organisation", "see".
	Noun, Action string
	// Open lets anybody in, signed in or not.
	Open   bool
	Handle Handler
}

// A Framer gives the frame of a page: who reads it, in which language, where
// in the workspace. The app hands it to the features, which set the title.
type Framer func(r *http.Request) Frame
