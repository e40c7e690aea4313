package mail_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	netmail "net/mail"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/escale-hq/escale/internal/config"
)

// A mailpit is a real mail server that keeps what it gets, for the test to read.
type mailpit struct {
	t    *testing.T
	smtp string
	api  string
}

// built is the server's program: it is compiled on first use, from its own
// module, so that ours does not depend on it.
var built = sync.OnceValues(func() (string, error) {
	tool := exec.Command("go", "tool", "-n", "mailpit")
	tool.Dir = filepath.Join("..", "..", "tools", "mailpit")
	var told strings.Builder // what is downloaded first is told here
	tool.Stderr = &told
	path, err := tool.Output()
	if err != nil {
		return "", fmt.Errorf("build mailpit, from tools/mailpit: %w\n%s", err, &told)
	}
	return strings.TrimSpace(string(path)), nil
})

// startMailpit runs a server on free ports until the test ends.
func startMailpit(t *testing.T, flags ...string) *mailpit {
	t.Helper()
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	m := &mailpit{t: t, smtp: free(t), api: free(t)}
	server := exec.Command(program, append([]string{
		"--smtp", m.smtp, "--listen", m.api, "--database", filepath.Join(t.TempDir(), "mail.db"),
		"--quiet", "--enable-chaos", "--disable-version-check", "--smtp-disable-rdns",
	}, flags...)...)
	server.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	var said bytes.Buffer
	server.Stdout, server.Stderr = &said, &said
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
		if t.Failed() {
			t.Logf("mailpit said: %s", &said)
		}
	})
	m.wait()
	return m
}

// free is an address of this machine where nobody listens.
func free(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

func (m *mailpit) wait() {
	m.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for range 1500 {
		answer, err := http.Get("http://" + m.api + "/readyz")
		if err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return
			}
		}
		<-tick.C
	}
	m.t.Fatal("mailpit does not answer")
}

// settings are how to reach the server at its own address.
func (m *mailpit) settings(tls config.TLS) config.Mail {
	address, err := net.ResolveTCPAddr("tcp", m.smtp)
	if err != nil {
		m.t.Fatal(err)
	}
	return config.Mail{
		Host: "127.0.0.1", Port: address.Port, TLS: tls,
		From: &netmail.Address{Name: "Escale", Address: "escale@ville.example"},
	}
}

// A received message, as the server has read it.
type received struct {
	ID, MessageID, Subject, Text, HTML string
	From                               netmail.Address
	To, ReplyTo                        []netmail.Address
	Date                               time.Time
	Attachments                        []attachment
}

type attachment struct{ FileName, ContentType string }

// inbox lists what the server got.
func (m *mailpit) inbox() (list []received) {
	m.t.Helper()
	var found struct{ Messages []struct{ ID string } }
	m.get("/api/v1/messages", &found)
	for _, summary := range found.Messages {
		var message received
		m.get("/api/v1/message/"+summary.ID, &message)
		list = append(list, message)
	}
	return list
}

func (m *mailpit) headers(id string) (headers http.Header) {
	m.t.Helper()
	m.get("/api/v1/message/"+id+"/headers", &headers)
	return headers
}

// refuse has the server answer a step of every message with a code; 0 ends it.
func (m *mailpit) refuse(step string, code int) {
	m.t.Helper()
	trigger := map[string]any{}
	if code != 0 {
		trigger[step] = map[string]int{"ErrorCode": code, "Probability": 100}
	}
	body, err := json.Marshal(trigger)
	if err != nil {
		m.t.Fatal(err)
	}
	request, err := http.NewRequest(http.MethodPut, "http://"+m.api+"/api/v1/chaos", bytes.NewReader(body))
	if err != nil {
		m.t.Fatal(err)
	}
	m.do(request, nil)
}

func (m *mailpit) get(path string, into any) {
	m.t.Helper()
	request, err := http.NewRequest(http.MethodGet, "http://"+m.api+path, nil)
	if err != nil {
		m.t.Fatal(err)
	}
	m.do(request, into)
}

func (m *mailpit) do(request *http.Request, into any) {
	m.t.Helper()
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		m.t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		m.t.Fatalf("%s %s: %s", request.Method, request.URL, answer.Status)
	}
	if into == nil {
		return
	}
	if err := json.NewDecoder(answer.Body).Decode(into); err != nil {
		m.t.Fatalf("%s: %v", request.URL, err)
	}
}
