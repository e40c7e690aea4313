package main

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
)

// home is a folder for an installation, with the database migrated.
func home(t *testing.T) (database string) {
	t.Helper()
	database = filepath.Join(t.TempDir(), "escale.db")
	t.Setenv("ESCALE_DATABASE", database)
	if code, said := usageSaid(t, "en", "migrate"); code != exitDone {
		t.Fatal(said)
	}
	return database
}

// examined runs the doctor, and wants an exit code and some of its lines.
func examined(t *testing.T, want int, lines ...string) {
	t.Helper()
	code, said := usageSaid(t, "en", "doctor")
	if code != want {
		t.Errorf("exit code %d, want %d\n%s", code, want, said)
	}
	for _, line := range lines {
		if !strings.Contains(strings.Join(strings.Fields(said), " "), line) {
			t.Errorf("%q is not in\n%s", line, said)
		}
	}
}

func TestDoctorOnSQLite(t *testing.T) {
	database := home(t)
	examined(t, exitDone, "ok database The schema has version", "escale.db is whole", "ok clock It is",
		"warning mail No message leaves", "warning links Links begin with http://127.0.0.1:8080")
	for path, mode := range map[string]os.FileMode{database: 0o644, database + ".key": 0o640} {
		if _, err := os.Stat(path); err != nil {
			if err := os.WriteFile(path, []byte(strings.Repeat("ab", 32)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	examined(t, exitFailed, "warning permissions Others on this machine can reach "+database+": chmod 600 "+database,
		"wrong permissions Others can read the key in "+database+".key")
}

// TestVersionOfTheQueue: the tables of the job queue have a version of their
// own, which a newer program may raise while the schema stays.
func TestVersionOfTheQueue(t *testing.T) {
	database := home(t)
	says := func(command string, want int, line string) {
		t.Helper()
		if code, said := usageSaid(t, "en", strings.Fields(command)...); code != want || !strings.Contains(said, line) {
			t.Errorf("%s: exit code %d\n%s", command, code, said)
		}
	}
	says("migrate --check", exitDone, "the newest that this program knows")
	d, err := openExisting(context.Background(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	do := func(statement string) {
		if _, err := d.Handle().Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	do("INSERT INTO river_migration (line, version, created_at) VALUES ('main', 999, CURRENT_TIMESTAMP)")
	says("migrate --check", exitFailed, "version 999, and this program knows version")
	examined(t, exitFailed, "wrong database The tables of the job queue have version 999")
	do("DELETE FROM river_migration WHERE version > 5")
	says("migrate --check", exitFailed, "The tables of the job queue have version 5; this program wants version")
	examined(t, exitDone, "warning database The tables of the job queue have version 5")
}

func TestDoctorMeetsNoDatabase(t *testing.T) {
	database := filepath.Join(t.TempDir(), "escale.db")
	t.Setenv("ESCALE_DATABASE", database)
	examined(t, exitDone, "warning database There is no "+database+" yet", "The key is made at the first start")
	if _, err := os.Stat(database); err == nil {
		t.Error("the doctor made a database")
	}
	if err := os.WriteFile(database, []byte(strings.Repeat("no database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	examined(t, exitFailed, "wrong database The database does not answer as it should")
}

func TestDoctorOnPostgreSQL(t *testing.T) {
	t.Setenv("ESCALE_KEY", strings.Repeat("ab", 32))
	t.Setenv("ESCALE_FILES", t.TempDir())
	t.Setenv("ESCALE_DATABASE", dbtest.Postgres(t))
	examined(t, exitDone, "warning database The database is empty", "Texts are ordered by their code points",
		"clock agrees with this machine", "The key is given in the settings")
	t.Setenv("ESCALE_DATABASE", french(t))
	examined(t, exitFailed, "wrong database Texts are ordered by a language")
	t.Setenv("ESCALE_DATABASE", "postgres://nobody@localhost:1/none")
	examined(t, exitFailed, "wrong database The database does not answer as it should")
}

// french is a database whose texts are ordered as in French.
func french(t *testing.T) (address string) {
	t.Helper()
	beside := dbtest.Postgres(t)
	d, err := openExisting(context.Background(), beside)
	if err != nil {
		t.Fatal(err)
	}
	do := func(statement string) {
		if _, err := d.Handle().Exec(statement); err != nil {
			t.Error(err)
		}
	}
	do(`CREATE DATABASE french TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'fr'`)
	t.Cleanup(func() {
		do(`DROP DATABASE french WITH (FORCE)`)
		_ = d.Close()
	})
	u, err := url.Parse(beside)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/french"
	return u.String()
}

func TestClocksApart(t *testing.T) {
	from := dbtest.Now()
	to := from.Add(time.Second)
	for read, want := range map[time.Duration]time.Duration{
		-3 * time.Second: 3 * time.Second, 0: 0, time.Second / 2: 0, time.Second: 0, time.Minute: 59 * time.Second,
	} {
		if got := apart(from.Add(read), from, to); got != want {
			t.Errorf("read after %v: %v apart, want %v", read, got, want)
		}
	}
}

// TestDoctorSendsNoMail greets a server that notes what it is told.
func TestDoctorSendsNoMail(t *testing.T) {
	home(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	told := make(chan string)
	go serveMail(listener, told)
	t.Setenv("ESCALE_MAIL_HOST", "127.0.0.1")
	t.Setenv("ESCALE_MAIL_PORT", fmt.Sprint(listener.Addr().(*net.TCPAddr).Port))
	t.Setenv("ESCALE_MAIL_FROM", "escale@example.org")
	t.Setenv("ESCALE_MAIL_TLS", "none")
	examined(t, exitFailed, "ok mail 127.0.0.1", "wrong links Links begin with http://127.0.0.1:8080")
	if said := <-told; !strings.HasPrefix(said, "EHLO ") || strings.Contains(said, "MAIL") {
		t.Errorf("the server was told %q", said)
	}
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	examined(t, exitFailed, "wrong mail 127.0.0.1", "Check the settings that begin with mail-")
}

// serveMail answers one client as a mail server does, and says what it heard.
func serveMail(listener net.Listener, told chan<- string) {
	var heard []string
	defer func() { told <- strings.Join(heard, " ") }()
	client, err := listener.Accept()
	if err != nil {
		return
	}
	defer client.Close()
	fmt.Fprint(client, "220 here\r\n")
	for lines := bufio.NewScanner(client); lines.Scan(); {
		heard = append(heard, lines.Text())
		if lines.Text() == "QUIT" {
			fmt.Fprint(client, "221 bye\r\n")
			return
		}
		fmt.Fprint(client, "250 fine\r\n")
	}
}

// TestCopyAndRestoreAcrossEngines goes from SQLite to PostgreSQL by a copy, and
// back by a backup.
func TestCopyAndRestoreAcrossEngines(t *testing.T) {
	database, server := home(t), dbtest.Postgres(t)
	user(t, database)
	said := func(args ...string) string {
		t.Helper()
		code, said := usageSaid(t, "en", args...)
		if code != exitDone {
			t.Fatal(said)
		}
		return said
	}
	if text := said("copy", "--from", database, "--to", server); !strings.Contains(text, "Copied 1 row of ") {
		t.Error(text)
	}
	t.Setenv("ESCALE_KEY", strings.Repeat("ab", 32))
	t.Setenv("ESCALE_DATABASE", server)
	t.Setenv("ESCALE_FILES", filepath.Join(t.TempDir(), "files"))
	file := filepath.Join(t.TempDir(), "escale.zip")
	if text := said("backup", file); !strings.Contains(text, "1 row, 0 uploaded files") || !strings.Contains(text, "need the key") {
		t.Error(text)
	}
	t.Setenv("ESCALE_DATABASE", filepath.Join(t.TempDir(), "back.db"))
	if text := said("restore", file); !strings.Contains(text, "is restored: 1 row") {
		t.Error(text)
	}
	if code, text := usageSaid(t, "fr", "copy", "--from", database, "--to", server); code != exitFailed || !strings.Contains(text, "contient déjà quelque chose") {
		t.Errorf("exit code %d, %s", code, text)
	}
}

func user(t *testing.T, database string) {
	t.Helper()
	d, err := openExisting(context.Background(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	err = d.Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO users (id, email, email_key, name, language, theme, created_at)
			VALUES ('u', 'a@example.org', 'a@example.org', 'Ada', 'fr', '', '2017-11-06T13:00:00.000Z')`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
