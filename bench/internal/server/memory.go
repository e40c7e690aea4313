package server

import (
	"bytes"
	"fmt"
	"os"
)

// Memory is what a process holds, in megabytes of 2^20 bytes: at most since it
// began, and now, of which its own and files that the system shares with it.
type Memory struct{ Peak, Resident, Own, Files float64 }

// Memory reads what the process holds (Linux, proc(5)).
func (s *Server) Memory() (m Memory, err error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process.Process.Pid))
	if err != nil {
		return m, err
	}
	for name, into := range map[string]*float64{"VmHWM:": &m.Peak, "VmRSS:": &m.Resident, "RssAnon:": &m.Own, "RssFile:": &m.Files} {
		_, rest, _ := bytes.Cut(status, []byte(name))
		if _, err := fmt.Sscan(string(rest), into); err != nil {
			return m, fmt.Errorf("read %s of the process: %w", name, err)
		}
		*into /= 1024
	}
	return m, nil
}
