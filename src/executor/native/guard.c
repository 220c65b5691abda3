// Loaded into the warm interpreter and the warm compiler. In Python it is also a module: `serve` turns the warm interpreter into a server
// that forks, for each message of the supervisor, a child that is bound like any other program. Only that child returns.
//
// Written against CPython's stable ABI, whose structures are declared here: no headers of a certain version are needed.
#include "confine.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CHANNEL 3
#define HANDED 5 // stdin, stdout, stderr, code, folder
#define ARGUMENT_BYTES 8192

// A process whose memory holds what the next program relies on must not be open to the one before it.
__attribute__((constructor)) static void close_memory(void) { prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

typedef struct _object PyObject;
typedef PyObject *(*PyCFunction)(PyObject *, PyObject *);
struct PyMethodDef {
  const char *name;
  PyCFunction function;
  int flags;
  const char *doc;
};
struct PyModuleDef {
  struct {
    struct {
      intptr_t references;
      void *type;
    } head;
    PyObject *(*init)(void);
    intptr_t index;
    PyObject *copy;
  } base;
  const char *name, *doc;
  intptr_t size;
  struct PyMethodDef *methods;
  void *slots, *traverse, *clear, *release;
};

// Found when Python loads this file; other interpreters only run the constructor.
#define FROM_PYTHON __attribute__((weak)) extern
FROM_PYTHON PyObject *PyModule_Create2(struct PyModuleDef *, int);
FROM_PYTHON PyObject *PyBytes_FromStringAndSize(const char *, intptr_t);
FROM_PYTHON char *PyBytes_AsString(PyObject *);
FROM_PYTHON PyObject *PyErr_SetFromErrno(PyObject *);
FROM_PYTHON PyObject *PyExc_OSError;

static char arguments[ARGUMENT_BYTES];
static size_t argument_bytes;

static int receive(struct confinement *limits, int fds[HANDED]) {
  char control[CMSG_SPACE(sizeof(int) * HANDED)];
  struct iovec parts[2] = {{limits, sizeof *limits}, {arguments, sizeof arguments}};
  struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2, .msg_control = control, .msg_controllen = sizeof control};
  ssize_t got;
  do got = recvmsg(CHANNEL, &message, MSG_CMSG_CLOEXEC);
  while (got < 0 && errno == EINTR);
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  if (got < (ssize_t)sizeof *limits || header == NULL || header->cmsg_len != CMSG_LEN(sizeof(int) * HANDED)) return -1;
  argument_bytes = (size_t)got - sizeof *limits;
  memcpy(fds, CMSG_DATA(header), sizeof(int) * HANDED);
  return 0;
}

// The supervisor becomes the parent, so that it waits for this child as for its own. Python's own steps around a fork are
// left out: they put right the locks of other threads, of which there are none, and the generator of random numbers, which
// the child seeds itself.
static pid_t fork_for_supervisor(void) {
#if defined(__x86_64__)
  return (pid_t)syscall(SYS_clone, CLONE_PARENT | SIGCHLD, NULL, NULL, NULL, 0);
#else
  return (pid_t)syscall(SYS_clone, CLONE_PARENT | SIGCHLD, NULL, NULL, 0, NULL);
#endif
}

static PyObject *read_code(int fd) {
  struct stat info;
  if (fstat(fd, &info) != 0) return PyErr_SetFromErrno(PyExc_OSError);
  PyObject *bytes = PyBytes_FromStringAndSize(NULL, info.st_size);
  if (bytes == NULL) return NULL;
  char *into = PyBytes_AsString(bytes);
  for (off_t at = 0; at < info.st_size;) {
    ssize_t got = pread(fd, into + at, (size_t)(info.st_size - at), at);
    if (got <= 0) return PyErr_SetFromErrno(PyExc_OSError);
    at += got;
  }
  return bytes;
}

// In the child: descriptors 0 to 2 and nothing else, then the limits.
static PyObject *become(const struct confinement *limits, const int fds[HANDED]) {
  setsid();
  signal(SIGXFSZ, SIG_DFL); // Python ignores it and would go on without output
  for (int i = 0; i < 3; i++) dup2(fds[i], i);
  int failure = fchdir(fds[4]) == 0 ? 0 : errno;
  PyObject *code = failure == 0 ? read_code(fds[3]) : NULL;
  if (code == NULL || confine_early(limits) != 0 || confine_late(limits) != 0) _exit(126);
  lseek(fds[3], BOUND_OFFSET, SEEK_SET);
  if (syscall(SYS_close_range, 3u, ~0u, 0u) != 0)
    for (int fd = 3; fd < 256; fd++) close(fd);
  return code;
}

static PyObject *serve(PyObject *module, PyObject *unused) {
  (void)module, (void)unused;
  // Python's own handler would only note a signal, and every child would find the note.
  signal(SIGINT, SIG_DFL);
  if (send(CHANNEL, "r", 1, MSG_NOSIGNAL) != 1) _exit(0);
  for (;;) {
    struct confinement limits;
    int fds[HANDED];
    if (receive(&limits, fds) != 0) _exit(0);
    pid_t pid = fork_for_supervisor();
    if (pid == 0) return become(&limits, fds);
    int32_t answer = pid < 0 ? -errno : pid;
    for (int i = 0; i < HANDED; i++) close(fds[i]);
    if (send(CHANNEL, &answer, sizeof answer, MSG_NOSIGNAL) != sizeof answer) _exit(0);
  }
}

static PyObject *program_arguments(PyObject *module, PyObject *unused) {
  (void)module, (void)unused;
  return PyBytes_FromStringAndSize(arguments, (intptr_t)argument_bytes);
}

#define NO_ARGUMENTS 4
static struct PyMethodDef methods[] = {
    {"serve", serve, NO_ARGUMENTS, "Serves until a child is forked; returns in it, with the code it is to run."},
    {"arguments", program_arguments, NO_ARGUMENTS, "The program's arguments, each ended by NUL."},
    {NULL, NULL, 0, NULL}};
static struct PyModuleDef definition = {
    .base = {.head = {.references = 1}}, .name = "alpaco_guard", .size = -1, .methods = methods};

#define STABLE_ABI 3
__attribute__((visibility("default"))) PyObject *PyInit_alpaco_guard(void) {
  return PyModule_Create2(&definition, STABLE_ABI);
}
