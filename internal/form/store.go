package form

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
)

func missing(err error, kind, id string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, "record.none")
	}
	return fmt.Errorf("find the %s %s: %w", kind, id, err)
}

func loadForm(ctx context.Context, tx *db.Tx, territory int, id string) (*Form, error) {
	row, err := New(tx).form(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "form", id)
	}
	return formOf(row), nil
}

func formOf(row formRow) *Form {
	return &Form{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Title: row.Title,
	}
}

func insertForm(ctx context.Context, tx *db.Tx, f *Form) error {
	return New(tx).addForm(ctx, addFormParams{
		TerritoryID: f.Territory, ID: f.ID, OwnerID: f.Owner, Fictional: f.Fictional, Title: f.Title,
		Version: f.Version, CreatedAt: f.CreatedAt, UpdatedAt: f.UpdatedAt,
	})
}

func updateForm(ctx context.Context, tx *db.Tx, f *Form) error {
	return New(tx).editForm(ctx, editFormParams{
		Title: f.Title, Version: f.Version, UpdatedAt: f.UpdatedAt, DeletedAt: f.DeletedAt, TerritoryID: f.Territory, ID: f.ID,
	})
}

// All lists the forms of a territory, the newest first.
func All(ctx context.Context, tx *db.Tx, territory int) ([]*Form, error) {
	rows, err := New(tx).formsOf(ctx, territory)
	if err != nil {
		return nil, fmt.Errorf("list the forms: %w", err)
	}
	forms := make([]*Form, len(rows))
	for i, row := range rows {
		forms[i] = formOf(row)
	}
	return forms, nil
}

func loadQuestion(ctx context.Context, tx *db.Tx, territory int, id string) (*Question, error) {
	row, err := New(tx).question(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "question", id)
	}
	return questionOf(row)
}

func questionOf(row questionRow) (*Question, error) {
	options, err := optionsOf(row.Options)
	if err != nil {
		return nil, fmt.Errorf("read the options of the question %s: %w", row.ID, err)
	}
	return &Question{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Key: row.ID, Form: row.FormID, Position: row.Position, Type: Type(row.Type), Label: row.Label, Help: row.Help,
		Required: row.Required, Options: options, When: ruleOf(row.AskedWhen), Currency: row.Currency, Edition: row.Edition,
	}, nil
}

func insertQuestion(ctx context.Context, tx *db.Tx, q *Question) error {
	q.Key = q.ID
	return New(tx).addQuestion(ctx, addQuestionParams{
		TerritoryID: q.Territory, ID: q.ID, FormID: q.Form, Fictional: q.Fictional, Position: q.Position, Type: string(q.Type),
		Label: q.Label, Help: q.Help, Required: q.Required, Options: optionTexts(q.Options), AskedWhen: q.When.text(),
		Currency: q.Currency, Edition: q.Edition, Version: q.Version, CreatedAt: q.CreatedAt, UpdatedAt: q.UpdatedAt,
	})
}

func updateQuestion(ctx context.Context, tx *db.Tx, q *Question) error {
	return New(tx).editQuestion(ctx, editQuestionParams{
		Position: q.Position, Label: q.Label, Help: q.Help, Required: q.Required, Options: optionTexts(q.Options),
		AskedWhen: q.When.text(), Currency: q.Currency, Edition: q.Edition, Version: q.Version, UpdatedAt: q.UpdatedAt,
		DeletedAt: q.DeletedAt, TerritoryID: q.Territory, ID: q.ID,
	})
}

// QuestionsOf lists the questions of a form as they stand, in order.
func QuestionsOf(ctx context.Context, tx *db.Tx, territory int, form string) ([]*Question, error) {
	rows, err := New(tx).questionsOf(ctx, territory, form)
	if err != nil {
		return nil, fmt.Errorf("list the questions of the form %s: %w", form, err)
	}
	questions := make([]*Question, len(rows))
	for i, row := range rows {
		if questions[i], err = questionOf(row); err != nil {
			return nil, err
		}
	}
	return questions, nil
}

// Fix keeps the questions of a form as they stand, for answers to be given to
// them, and says under which number. Questions that did not change since keep
// theirs.
func Fix(ctx context.Context, tx *db.Tx, territory int, form string) (number int, err error) {
	questions, err := QuestionsOf(ctx, tx, territory, form)
	if err != nil {
		return 0, err
	}
	if len(questions) == 0 {
		return 0, fault.New(fault.Invalid, "form.empty")
	}
	if err := check(questions).Or(); err != nil {
		return 0, err
	}
	text, err := json.Marshal(questions)
	if err != nil {
		return 0, fmt.Errorf("write the questions of the form %s: %w", form, err)
	}
	last, err := New(tx).lastFixed(ctx, territory, form)
	switch {
	case err == nil && last.Questions == string(text):
		return last.Number, nil
	case err != nil && !errors.Is(err, sql.ErrNoRows):
		return 0, fmt.Errorf("find the last version of the form %s: %w", form, err)
	}
	err = New(tx).addFixed(ctx, addFixedParams{territory, form, last.Number + 1, string(text), tx.Now})
	if err != nil {
		return 0, fmt.Errorf("keep a version of the form %s: %w", form, err)
	}
	return last.Number + 1, nil
}

// Fixed gives the questions of a form that were kept under a number.
func Fixed(ctx context.Context, tx *db.Tx, territory int, form string, number int) (questions []*Question, err error) {
	text, err := New(tx).fixed(ctx, territory, form, number)
	if err != nil {
		return nil, missing(err, "version of the form", form)
	}
	if err := json.Unmarshal([]byte(text), &questions); err != nil {
		return nil, fmt.Errorf("read version %d of the form %s: %w", number, form, err)
	}
	return questions, nil
}

// Changed says whether the questions of a form are no longer those that were
// kept under a number.
func Changed(ctx context.Context, tx *db.Tx, territory int, form string, number int) (bool, error) {
	questions, err := QuestionsOf(ctx, tx, territory, form)
	if err != nil {
		return false, err
	}
	text, err := json.Marshal(questions)
	if err != nil {
		return false, fmt.Errorf("write the questions of the form %s: %w", form, err)
	}
	kept, err := New(tx).fixed(ctx, territory, form, number)
	if err != nil {
		return false, missing(err, "version of the form", form)
	}
	return kept != string(text), nil
}
