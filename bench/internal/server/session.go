package server

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"
)

// transport keeps connections open, as browsers do, for all sessions together.
var transport = &http.Transport{MaxIdleConnsPerHost: 256, IdleConnTimeout: time.Minute}

// A Session is somebody who is signed in to a server.
type Session struct {
	site   *url.URL
	client *http.Client
}

// An Answer is what came back.
type Answer struct {
	Status   int
	Location string
	Body     []byte
}

// Stranger is somebody whom the server of a site does not know.
func Stranger(site string) (*Session, error) {
	at, err := url.Parse(site)
	return &Session{at, &http.Client{Transport: transport, Timeout: patience}}, err
}

// SignIn follows a link to sign in.
func (s *Server) SignIn(ctx context.Context, link string) (*Session, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	session := &Session{s.URL, &http.Client{
		Transport: transport, Jar: jar, Timeout: patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	answer, err := session.Post(ctx, strings.TrimPrefix(link, s.URL.String()), nil)
	if err == nil && answer.Status != http.StatusSeeOther {
		err = fmt.Errorf("the link is answered with %d", answer.Status)
	}
	if err != nil {
		return nil, fmt.Errorf("sign in: %w", err)
	}
	return session, nil
}

// Get asks for a page. Where it leads on, nothing follows.
func (s *Session) Get(ctx context.Context, path string) (Answer, error) {
	return s.do(ctx, http.MethodGet, path, nil)
}

// Post sends a form.
func (s *Session) Post(ctx context.Context, path string, form url.Values) (Answer, error) {
	return s.do(ctx, http.MethodPost, path, strings.NewReader(form.Encode()))
}

func (s *Session) do(ctx context.Context, method, path string, body io.Reader) (a Answer, err error) {
	request, err := http.NewRequestWithContext(ctx, method, s.site.String()+path, body)
	if err != nil {
		return a, err
	}
	request.Header.Set("Accept-Language", "fr")
	if body != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := s.client.Do(request)
	if err != nil {
		return a, err
	}
	defer answer.Body.Close()
	a.Status, a.Location = answer.StatusCode, answer.Header.Get("Location")
	a.Body, err = io.ReadAll(answer.Body)
	return a, err
}
