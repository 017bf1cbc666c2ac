//go:build darwin || freebsd || linux

// Package faultvfs is an SQLite VFS on which reads and writes fail, for tests alone.
//
// A Disk hands every call of SQLite on to the operating system. It lets one of them fail, or that
// one and all after it, and can note everything that is written, so that Cut finds out what a disk
// may hold after a power cut at any point of a run:
//
//	run ---- w w w s w w w w ----      w: a write, s: a sync of one file
//	                 |
//	                 cut: what stands before the sync is there; of each sector that was
//	                 written after it nobody knows
//
// A database is opened on a Disk by storage.Options.VFS, which is vfs= in the DSN. The shared
// memory of the write-ahead log goes through it too. It is C (a Go function called for each read
// costs too much), in a package of its own because files of tests cannot hold cgo. SQLite's
// functions are those of the driver, which is linked into the same program.
package faultvfs

/*
#cgo linux freebsd LDFLAGS: -Wl,--unresolved-symbols=ignore-in-object-files
#cgo darwin LDFLAGS: -Wl,-undefined,dynamic_lookup
#include <stdlib.h>
#include "fault.h"
*/
import "C"

import (
	"fmt"
	"sync/atomic"
	"unsafe"

	_ "github.com/mattn/go-sqlite3" // SQLite itself
)

// Call is a kind of call of SQLite.
type Call int

// The calls that can fail. Lock and ShmLock are those that take a lock.
const (
	Open Call = iota
	Read
	Write
	Truncate
	Sync
	Size
	Delete
	Access
	Lock
	ShmMap
	ShmLock
)

// Calls are all of them, by name.
var Calls = map[Call]string{Open: "open", Read: "read", Write: "write", Truncate: "truncate", Sync: "sync", Size: "size",
	Delete: "delete", Access: "access", Lock: "lock", ShmMap: "shm map", ShmLock: "shm lock"}

// How is how a call fails.
type How int

const (
	Error How = iota // by an I/O error, and nothing is done
	Torn             // of a write the first half lands; then as Error
	Full             // of a write: the disk is full
)

// Fault says which call fails.
type Fault struct {
	Call    Call
	At      int // the how manieth of its kind, from 1; 0: none
	How     How
	Lasting bool // all after it fail too
}

func (f Fault) String() string {
	return fmt.Sprintf("%s %d %s lasting=%t", Calls[f.Call], f.At, [...]string{"error", "torn", "full"}[f.How], f.Lasting)
}

// Disk is a VFS.
type Disk struct {
	Name string // for storage.Options.VFS
	c    *C.fault_disk
}

var disks atomic.Int64

// New registers a Disk, of which there may be several at work at once: SQLite's default one if
// told so. It stays for as long as the process lives.
func New(byDefault bool) *Disk {
	d := &Disk{Name: fmt.Sprint("fault-", disks.Add(1))}
	name := C.CString(d.Name)
	defer C.free(unsafe.Pointer(name))
	is := C.int(0)
	if byDefault {
		is = 1
	}
	if d.c = C.fault_new(name, is); d.c == nil {
		panic("faultvfs: SQLite has no VFS named unix, or refused another one")
	}
	return d
}

// Set says what fails from now on, and begins to count anew.
func (d *Disk) Set(f Fault) {
	lasting := C.int(0)
	if f.Lasting {
		lasting = 1
	}
	C.fault_set(d.c, C.int(f.Call), C.longlong(f.At), C.int(f.How), lasting)
}

// Count is how many calls of a kind there were since Set.
func (d *Disk) Count(call Call) int { return int(C.fault_count(d.c, C.int(call))) }

// Failed is how many calls failed since Set.
func (d *Disk) Failed() int { return int(C.fault_failed(d.c)) }

// Note begins to note what is written to databases, logs and journals; there may be one
// database at a time.
func (d *Disk) Note() { C.fault_note(d.c, 1) }

// Mark notes that something was reported to be stored.
func (d *Disk) Mark() { C.fault_mark(d.c) }

// Notes ends that and returns what was noted.
func (d *Disk) Notes() Notes {
	var n C.size_t
	data := C.fault_notes(d.c, &n)
	notes := parse(C.GoBytes(data, C.int(n)))
	C.fault_note(d.c, 0)
	return notes
}
