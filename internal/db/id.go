package db

import "github.com/google/uuid"

// NewID is a new id: a UUIDv7 as text, which sorts after all those made before
// it by this process.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }
