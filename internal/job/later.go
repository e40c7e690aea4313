package job

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/escale-hq/escale/internal/db"
)

// Args say what is to be done. They are kept as JSON, and the kind tells who
// does it: small words and hyphens, never changed once jobs may be waiting.
type Args interface {
	Kind() string
}

// An Option says more about a job that is asked for.
type Option func(*order)

type order struct {
	river.InsertOpts
	notes notes
}

// notes are what we write beside a job. River merges them with its own.
type notes struct {
	Territory string `json:"territory"`
	By        string `json:"by,omitempty"`
	// Progress and CancelledAt are River's: what a worker puts out, and when
	// somebody asked to cancel.
	Progress    *Progress  `json:"output,omitempty"`
	CancelledAt *time.Time `json:"cancel_attempted_at,omitempty"`
}

// notesOf reads the notes of a job; those that are not there are zero.
func notesOf(row *rivertype.JobRow) (n notes) {
	_ = json.Unmarshal(row.Metadata, &n) // written by River: always JSON
	return n
}

// For says which territory a job works for. Without it, it works for the
// installation, territory 0.
func For(territory int) Option {
	return func(o *order) { o.notes.Territory = fmt.Sprint(territory) }
}

// By says which user asked for it.
func By(user string) Option { return func(o *order) { o.notes.By = user } }

// At says when it is to be done, at the earliest.
func At(at db.Instant) Option { return func(o *order) { o.ScheduledAt = at.Time } }

// Once asks for nothing where a job of the same kind and arguments is still to
// be done, or at work.
func Once() Option {
	return func(o *order) {
		o.UniqueOpts = river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
			rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable,
			rivertype.JobStateRunning, rivertype.JobStateScheduled,
		}}
	}
}

// OncePer asks for nothing where one of the same kind and arguments was asked
// for in the same hour, day or other period, done or not. Periods begin at
// their multiples, in UTC; the longest is a day.
func OncePer(period time.Duration) Option {
	return func(o *order) { o.UniqueOpts = river.UniqueOpts{ByArgs: true, ByPeriod: period} }
}

// Behind lets other jobs go first.
func Behind() Option { return func(o *order) { o.Priority = behind } }

const (
	behind   = 3 // others have 1
	attempts = 20
)

// Attempts says how often it is tried before it is given up. Without it, it is
// tried over two days.
func Attempts(n int) Option { return func(o *order) { o.MaxAttempts = n } }

// Later asks for a job in the transaction: it is done once that is kept, and
// never if it is not.
func (j *Jobs) Later(ctx context.Context, tx *db.Tx, args Args, options ...Option) error {
	_, err := j.Ask(ctx, tx, args, options...)
	return err
}

// Ask is [Jobs.Later] for those who follow the job: it gives its id, or that of
// the one that [Once] or [OncePer] found.
func (j *Jobs) Ask(ctx context.Context, tx *db.Tx, args Args, options ...Option) (id int64, err error) {
	insert, err := insertOptions(options)
	if err != nil {
		return 0, fmt.Errorf("ask for the job %s: %w", args.Kind(), err)
	}
	asked, err := j.client.InsertTx(ctx, tx.Tx, args, insert)
	if err != nil {
		return 0, fmt.Errorf("ask for the job %s: %w", args.Kind(), err)
	}
	return asked.Job.ID, nil
}

func insertOptions(options []Option) (*river.InsertOpts, error) {
	o := order{notes: notes{Territory: "0"}}
	for _, set := range options {
		set(&o)
	}
	var err error
	o.Metadata, err = json.Marshal(o.notes)
	return &o.InsertOpts, err
}

// Every has a job done once in each period, by whichever node comes first; one
// that was missed while no node ran is done at the next start. The longest
// period is a day.
func (j *Jobs) Every(period time.Duration, args Args, options ...Option) {
	j.periodic = append(j.periodic, river.NewPeriodicJob(river.PeriodicInterval(period),
		func() (river.JobArgs, *river.InsertOpts) {
			insert, err := insertOptions(append(options[:len(options):len(options)], OncePer(period)))
			if err != nil {
				j.log.Error("a periodic job cannot be asked for", "kind", args.Kind(), "error", err)
				return nil, nil
			}
			return args, insert
		}, &river.PeriodicJobOpts{RunOnStart: true}))
}
