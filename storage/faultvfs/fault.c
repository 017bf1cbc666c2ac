#include "fault.h"

#include <stdlib.h>
#include <string.h>

#include "sqlite.h"

struct fault_disk {
	sqlite3_vfs vfs; /* first: SQLite hands it to us */
	sqlite3_vfs *below;
	char name[32];
	sqlite3_mutex *mutex; /* of all that follows */

	long long count[FAULT_CALLS], failed;
	int call, how, lasting;
	long long at;

	int noting;
	unsigned char *notes;
	size_t used, room;
};

/* An open file; that of the VFS below stands behind it. */
typedef struct {
	sqlite3_file file;
	fault_disk *disk;
	int kind; /* 0 database, 1 log, 2 journal, -1 another */
} fault_file;

#define BELOW(f) ((sqlite3_file *)((fault_file *)(f) + 1))
#define DISK(f) (((fault_file *)(f))->disk)
#define CALL(f, method, ...) (BELOW(f)->pMethods->method(BELOW(f), ##__VA_ARGS__))

/* fails counts a call and says whether it is to fail. */
static int fails(fault_disk *d, int call) {
	sqlite3_mutex_enter(d->mutex);
	long long n = ++d->count[call];
	int yes = call == d->call && d->at > 0 && (n == d->at || (d->lasting && n > d->at));
	d->failed += yes;
	sqlite3_mutex_leave(d->mutex);
	return yes;
}

static int note(fault_disk *d, int kind, char what, sqlite3_int64 at, const void *data, sqlite3_int64 n) {
	int rc = SQLITE_OK;
	sqlite3_mutex_enter(d->mutex);
	if (d->noting && kind >= 0) {
		size_t need = d->used + 18 + (size_t)n;
		if (need > d->room) {
			unsigned char *more = realloc(d->notes, 2 * need);
			if (more == NULL) {
				rc = SQLITE_NOMEM;
			} else {
				d->notes = more;
				d->room = 2 * need;
			}
		}
		if (rc == SQLITE_OK) {
			unsigned char *to = d->notes + d->used;
			to[0] = (unsigned char)what;
			to[1] = (unsigned char)kind;
			memcpy(to + 2, &at, 8);
			memcpy(to + 10, &n, 8);
			if (n > 0) memcpy(to + 18, data, (size_t)n);
			d->used = need;
		}
	}
	sqlite3_mutex_leave(d->mutex);
	return rc;
}

static int file_close(sqlite3_file *f) { return CALL(f, xClose); }

static int file_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at) {
	return fails(DISK(f), FAULT_READ) ? SQLITE_IOERR_READ : CALL(f, xRead, to, n, at);
}

static int file_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at) {
	fault_disk *d = DISK(f);
	if (fails(d, FAULT_WRITE)) {
		if (d->how == FAULT_TORN) CALL(f, xWrite, from, n / 2, at);
		return d->how == FAULT_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
	}
	int rc = CALL(f, xWrite, from, n, at);
	return rc == SQLITE_OK ? note(d, ((fault_file *)f)->kind, 'w', at, from, n) : rc;
}

static int file_truncate(sqlite3_file *f, sqlite3_int64 size) {
	if (fails(DISK(f), FAULT_TRUNCATE)) return SQLITE_IOERR_TRUNCATE;
	int rc = CALL(f, xTruncate, size);
	return rc == SQLITE_OK ? note(DISK(f), ((fault_file *)f)->kind, 't', size, NULL, 0) : rc;
}

static int file_sync(sqlite3_file *f, int flags) {
	if (fails(DISK(f), FAULT_SYNC)) return SQLITE_IOERR_FSYNC;
	int rc = CALL(f, xSync, flags);
	return rc == SQLITE_OK ? note(DISK(f), ((fault_file *)f)->kind, 's', 0, NULL, 0) : rc;
}

static int file_size(sqlite3_file *f, sqlite3_int64 *size) {
	return fails(DISK(f), FAULT_SIZE) ? SQLITE_IOERR_FSTAT : CALL(f, xFileSize, size);
}

static int file_lock(sqlite3_file *f, int level) {
	return fails(DISK(f), FAULT_LOCK) ? SQLITE_IOERR_LOCK : CALL(f, xLock, level);
}

static int file_unlock(sqlite3_file *f, int level) { return CALL(f, xUnlock, level); }
static int file_reserved(sqlite3_file *f, int *is) { return CALL(f, xCheckReservedLock, is); }
static int file_control(sqlite3_file *f, int op, void *arg) { return CALL(f, xFileControl, op, arg); }
static int file_sector(sqlite3_file *f) { return CALL(f, xSectorSize); }
static int file_traits(sqlite3_file *f) { return CALL(f, xDeviceCharacteristics); }

static int shm_map(sqlite3_file *f, int region, int size, int extend, void volatile **to) {
	if (fails(DISK(f), FAULT_SHM_MAP)) {
		*to = NULL;
		return SQLITE_IOERR_SHMMAP;
	}
	return CALL(f, xShmMap, region, size, extend, to);
}

/* Only taking a lock fails: SQLite does not look at what giving one back returns. */
static int shm_lock(sqlite3_file *f, int at, int n, int flags) {
	enum { UNLOCK = 1 };
	if (!(flags & UNLOCK) && fails(DISK(f), FAULT_SHM_LOCK)) return SQLITE_IOERR_SHMLOCK;
	return CALL(f, xShmLock, at, n, flags);
}

static void shm_barrier(sqlite3_file *f) { CALL(f, xShmBarrier); }
static int shm_unmap(sqlite3_file *f, int delete) { return CALL(f, xShmUnmap, delete); }

/* Version 2: without xFetch nothing is read through a memory map, past our count. */
static const sqlite3_io_methods methods = {
	2, file_close, file_read, file_write, file_truncate, file_sync, file_size, file_lock, file_unlock,
	file_reserved, file_control, file_sector, file_traits, shm_map, shm_lock, shm_barrier, shm_unmap,
};

static int disk_open(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out) {
	fault_disk *d = (fault_disk *)v;
	fault_file *mine = (fault_file *)f;
	mine->file.pMethods = NULL; /* SQLite does not close what was not opened */
	mine->disk = d;
	mine->kind = flags & SQLITE_OPEN_MAIN_DB ? 0 : flags & SQLITE_OPEN_WAL ? 1 : flags & SQLITE_OPEN_MAIN_JOURNAL ? 2 : -1;
	if (fails(d, FAULT_OPEN)) return SQLITE_CANTOPEN;
	int rc = d->below->xOpen(d->below, name, BELOW(f), flags, out);
	if (rc == SQLITE_OK) mine->file.pMethods = &methods;
	return rc;
}

static int ends(const char *name, const char *end) {
	size_t n = strlen(name), m = strlen(end);
	return n >= m && strcmp(name + n - m, end) == 0;
}

static int disk_delete(sqlite3_vfs *v, const char *name, int sync) {
	fault_disk *d = (fault_disk *)v;
	if (fails(d, FAULT_DELETE)) return SQLITE_IOERR_DELETE;
	int rc = d->below->xDelete(d->below, name, sync);
	int kind = ends(name, "-wal") ? 1 : ends(name, "-journal") ? 2 : -1;
	return rc == SQLITE_OK ? note(d, kind, 'd', sync != 0, NULL, 0) : rc;
}

static int disk_access(sqlite3_vfs *v, const char *name, int flags, int *is) {
	fault_disk *d = (fault_disk *)v;
	return fails(d, FAULT_ACCESS) ? SQLITE_IOERR_ACCESS : d->below->xAccess(d->below, name, flags, is);
}

static int disk_path(sqlite3_vfs *v, const char *name, int n, char *to) {
	sqlite3_vfs *below = ((fault_disk *)v)->below;
	return below->xFullPathname(below, name, n, to);
}

static int disk_random(sqlite3_vfs *v, int n, char *to) {
	sqlite3_vfs *below = ((fault_disk *)v)->below;
	return below->xRandomness(below, n, to);
}

static int disk_sleep(sqlite3_vfs *v, int us) {
	sqlite3_vfs *below = ((fault_disk *)v)->below;
	return below->xSleep(below, us);
}

static int disk_time(sqlite3_vfs *v, double *now) {
	sqlite3_vfs *below = ((fault_disk *)v)->below;
	return below->xCurrentTime(below, now);
}

static int disk_time64(sqlite3_vfs *v, sqlite3_int64 *now) {
	sqlite3_vfs *below = ((fault_disk *)v)->below;
	return below->xCurrentTimeInt64(below, now);
}

/* EIO, and not what another call left behind. */
static int disk_error(sqlite3_vfs *v, int n, char *to) {
	(void)v, (void)n, (void)to;
	return 5;
}

fault_disk *fault_new(const char *name, int by_default) {
	sqlite3_vfs *below = sqlite3_vfs_find("unix");
	fault_disk *d = calloc(1, sizeof *d);
	if (below == NULL || d == NULL || (d->mutex = sqlite3_mutex_alloc(SQLITE_MUTEX_FAST)) == NULL) {
		free(d);
		return NULL;
	}
	strncpy(d->name, name, sizeof d->name - 1);
	d->below = below;
	d->vfs = (sqlite3_vfs){
		.iVersion = 2, .szOsFile = (int)sizeof(fault_file) + below->szOsFile, .mxPathname = below->mxPathname,
		.zName = d->name, .xOpen = disk_open, .xDelete = disk_delete, .xAccess = disk_access,
		.xFullPathname = disk_path, .xRandomness = disk_random, .xSleep = disk_sleep,
		.xCurrentTime = disk_time, .xGetLastError = disk_error, .xCurrentTimeInt64 = disk_time64,
	};
	return sqlite3_vfs_register(&d->vfs, by_default) == SQLITE_OK ? d : NULL;
}

void fault_set(fault_disk *d, int call, long long at, int how, int lasting) {
	sqlite3_mutex_enter(d->mutex);
	memset(d->count, 0, sizeof d->count);
	d->failed = 0;
	d->call = call, d->at = at, d->how = how, d->lasting = lasting;
	sqlite3_mutex_leave(d->mutex);
}

long long fault_count(fault_disk *d, int call) {
	sqlite3_mutex_enter(d->mutex);
	long long n = d->count[call];
	sqlite3_mutex_leave(d->mutex);
	return n;
}

long long fault_failed(fault_disk *d) {
	sqlite3_mutex_enter(d->mutex);
	long long n = d->failed;
	sqlite3_mutex_leave(d->mutex);
	return n;
}

void fault_note(fault_disk *d, int on) {
	sqlite3_mutex_enter(d->mutex);
	d->noting = on;
	d->used = 0;
	sqlite3_mutex_leave(d->mutex);
}

void fault_mark(fault_disk *d) { note(d, 0, 'm', 0, NULL, 0); }

const void *fault_notes(fault_disk *d, size_t *n) {
	*n = d->used;
	return d->notes;
}
