package app

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/escale-hq/escale/internal/dbtest"
)

// TestStoppingLosesNoRequest stops the program while a form is still on its way:
// the form is answered, and what it asked for is kept; then nobody is taken any
// more, and nothing is left running.
func TestStoppingLosesNoRequest(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.app.settings.ShutdownTimeout = time.Minute
	leaks := goleak.IgnoreCurrent()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	serving, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- h.app.Serve(serving, listener) }()

	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	const form = "email=ana%40example.org&onward=%2F"
	fmt.Fprintf(conn, "POST /sign-in HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n", listener.Addr(), len(form))
	answer := bufio.NewReader(conn)
	if line, err := answer.ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
		t.Fatalf("the server does not read the form: %q, %v", line, err)
	}
	stop() // the request is being read
	for !h.app.stopping.Load() {
		if len(ended) > 0 {
			t.Fatal("it stopped before the form was there")
		}
	}
	fmt.Fprint(conn, form)
	if _, err := answer.ReadString('\n'); err != nil { // the end of the first head
		t.Fatal(err)
	}
	response, err := http.ReadResponse(answer, nil)
	if err != nil || response.StatusCode != http.StatusSeeOther {
		t.Fatalf("the form was answered %v, %v", response, err)
	}
	if err := <-ended; err != nil {
		t.Errorf("stopped with %v", err)
	}
	var jobs int
	if err := h.app.db.Handle().QueryRow("SELECT count(*) FROM river_job WHERE kind = 'auth.sign_in'").Scan(&jobs); err != nil || jobs != 1 {
		t.Errorf("%d jobs were kept, %v", jobs, err)
	}
	if _, err := net.Dial("tcp", listener.Addr().String()); err == nil {
		t.Error("it still takes requests")
	}
	goleak.VerifyNone(t, leaks)
}
