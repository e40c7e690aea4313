//go:build linux || darwin || freebsd

package main

import "syscall"

// freeSpace is how many bytes a user may still write to the disk of a folder.
func freeSpace(folder string) (bytes uint64, known bool) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(folder, &disk); err != nil {
		return 0, false
	}
	return uint64(disk.Bavail) * uint64(disk.Bsize), true
}
