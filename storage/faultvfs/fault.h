/* An SQLite VFS that hands every call on to the default one, fails those that it is told to, and
   notes what is written. */
#ifndef FAULTVFS_FAULT_H
#define FAULTVFS_FAULT_H

#include <stddef.h>

/* Kinds of calls. */
enum { FAULT_OPEN, FAULT_READ, FAULT_WRITE, FAULT_TRUNCATE, FAULT_SYNC, FAULT_SIZE, FAULT_DELETE,
	FAULT_ACCESS, FAULT_LOCK, FAULT_SHM_MAP, FAULT_SHM_LOCK, FAULT_CALLS };

/* How a call fails. Only of a write can a part land, or the disk be full. */
enum { FAULT_ERROR, FAULT_TORN, FAULT_FULL };

typedef struct fault_disk fault_disk;

/* Registers a disk under a name, which is copied: as SQLite's default VFS if told so. NULL: no
   memory, or SQLite refused. A disk is never freed, for SQLite may call it at any time. */
fault_disk *fault_new(const char *name, int by_default);

/* Lets the at-th of the next calls of a kind fail, from 1 on, and all after it if lasting. 0:
   none fails. Counts of calls begin anew. */
void fault_set(fault_disk *d, int call, long long at, int how, int lasting);

/* How many calls of a kind there were since fault_set, and how many calls failed. */
long long fault_count(fault_disk *d, int call);
long long fault_failed(fault_disk *d);

/* Begins or ends to note what is written, and empties the notes. fault_mark notes a mark. */
void fault_note(fault_disk *d, int on);
void fault_mark(fault_disk *d);

/* The notes, which stay as they are until the next call of this disk. Each begins with a byte
   for what it is (w, t, s, d: write, truncate, sync, delete; m: mark), a byte for the file (0
   database, 1 log, 2 journal), and two numbers of 8 bytes, of the machine's order: an offset, a
   new size, or whether a deletion is synced; and the length of the bytes that follow. */
const void *fault_notes(fault_disk *d, size_t *n);

#endif
