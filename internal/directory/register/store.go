package register

import (
	"context"
	"sync"
	"time"
)

// A Store keeps the register's answers: a value and when it was put, by key. Get
// gives nil where there is none.
type Store struct {
	Get func(ctx context.Context, key string) (value []byte, at time.Time, err error)
	Put func(ctx context.Context, key string, value []byte, at time.Time) error
}

// Memory is a store that lasts as long as the process.
func Memory() Store {
	type entry struct {
		value []byte
		at    time.Time
	}
	var mu sync.Mutex
	entries := map[string]entry{}
	return Store{
		Get: func(_ context.Context, key string) ([]byte, time.Time, error) {
			mu.Lock()
			defer mu.Unlock()
			return entries[key].value, entries[key].at, nil
		},
		Put: func(_ context.Context, key string, value []byte, at time.Time) error {
			mu.Lock()
			defer mu.Unlock()
			entries[key] = entry{value, at}
			return nil
		},
	}
}
