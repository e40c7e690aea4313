package main

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"sync"
)

// A post office takes every message that comes to it by SMTP, and remembers for
// whom.
type postOffice struct {
	listener net.Listener
	served   sync.WaitGroup
	mu       sync.Mutex
	letters  map[string]int // by recipient
}

func openPost() (*postOffice, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &postOffice{listener: listener, letters: map[string]int{}}
	p.served.Go(p.serve)
	return p, nil
}

// options make a server bring its messages here.
func (p *postOffice) options() []string {
	_, port, _ := net.SplitHostPort(p.listener.Addr().String())
	return []string{"--mail-host", "127.0.0.1", "--mail-port", port, "--mail-tls", "none", "--mail-from", "escale@banc.example"}
}

func (p *postOffice) close() {
	_ = p.listener.Close()
	p.served.Wait()
}

func (p *postOffice) serve() {
	for {
		conn, err := p.listener.Accept()
		if err != nil {
			return
		}
		p.served.Go(func() {
			defer conn.Close()
			p.talk(conn)
		})
	}
}

// talk answers the few commands of SMTP that bring a message, until the sender
// is gone, which may be at any moment.
func (p *postOffice) talk(conn net.Conn) {
	lines := bufio.NewScanner(conn)
	say := func(text string) { fmt.Fprintf(conn, "%s\r\n", text) }
	say("220 post office")
	var to string
	for lines.Scan() {
		line := lines.Text()
		verb, _, _ := strings.Cut(strings.ToUpper(line), " ")
		switch verb {
		case "RCPT":
			_, to, _ = strings.Cut(line, "<")
			to, _, _ = strings.Cut(to, ">")
			say("250 known")
		case "DATA":
			say("354 go on")
			for lines.Scan() && lines.Text() != "." {
			}
			p.take(to)
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 yes")
		}
	}
}

func (p *postOffice) take(to string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.letters[to]++
}

// missing are those of the addresses that no message came for, and twice how
// many got more than one.
func (p *postOffice) missing(addresses []string) (missing []string, twice int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, address := range addresses {
		switch p.letters[address] {
		case 0:
			missing = append(missing, address)
		case 1:
		default:
			twice++
		}
	}
	return missing, twice
}
