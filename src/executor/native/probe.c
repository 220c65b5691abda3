// Tries each protection in a child and notes what really holds on this machine.
#include "box.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool holds_in_child(bool (*check)(void)) {
  pid_t pid = fork();
  if (pid == 0) _exit(check() ? 0 : 1);
  int status = 1;
  return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static struct confinement ordinary(void) {
  return (struct confinement){.profile = PROFILE_PROGRAM,
                              .use_seccomp = box.has.seccomp,
                              .use_prctl = box.has.prctl,
                              .cpu_ms = 1000,
                              .address_space = 64 << 20,
                              .output = 1024,
                              .stack = 8 << 20,
                              .uid = box.run_uid};
}

// A program of the lowest tier: opens nothing, starts nothing, has no more memory and output than it may.
static bool limits_hold(void) {
  struct confinement limits = ordinary();
  limits.use_seccomp = 0;
  int out = memory_file("probe");
  if (confine_early(&limits) != 0 || confine_late(&limits) != 0) return false;
  signal(SIGXFSZ, SIG_IGN);
  static char block[4096];
  ssize_t written = write(out, block, sizeof block);
  if (written > 1024 || write(out, block, 1) > 0) return false;
  if (open("/dev/null", O_RDONLY) >= 0 || socket(AF_INET, SOCK_STREAM, 0) >= 0 || dup(0) >= 0) return false;
  void *memory = mmap(NULL, 256 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory != MAP_FAILED) return false;
  pid_t pid = fork();
  if (pid == 0) _exit(0);
  return pid < 0;
}

static bool cannot_touch(pid_t pid) {
  char path[64];
  static char byte;
  struct iovec ours = {&byte, 1}, theirs = {&byte, 1};
  snprintf(path, sizeof path, "/proc/%d/environ", pid);
  if (open(path, O_RDONLY) >= 0) return false;
  snprintf(path, sizeof path, "/proc/%d/mem", pid);
  if (open(path, O_RDWR) >= 0) return false;
  if (process_vm_readv(pid, &ours, 1, &theirs, 1, 0) >= 0 || errno == EFAULT) return false;
  if (ptrace(PTRACE_SEIZE, pid, NULL, NULL) == 0) {
    ptrace(PTRACE_DETACH, pid, NULL, NULL);
    return false;
  }
  return true;
}

// Neither this process nor the one that started it can be read or traced. Files may be opened here: also a checker may.
static bool memory_is_ours(void) {
  struct confinement limits = ordinary();
  limits.profile = PROFILE_FOLDER;
  if (confine_early(&limits) != 0) return false;
  if (!cannot_touch(getppid())) return false;
  return box.has.namespaces || cannot_touch(box.starter);
}

static bool filter_holds(void) {
  struct confinement limits = ordinary();
  if (confine_early(&limits) != 0) return false;
  errno = 0;
  return kill(getppid(), 0) != 0 && errno == EPERM && kill(getpid(), 0) == 0;
}

static bool prctl_works(void) {
  return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

static bool uid_changes(void) {
  struct confinement limits = ordinary();
  limits.use_seccomp = 0;
  return confine_early(&limits) == 0 && getuid() == box.run_uid && setuid(0) != 0;
}

void probe_protections(void) {
  box.has.prctl = box.seccomp_wanted && holds_in_child(prctl_works);
  box.has.uid = box.run_uid != 0 && holds_in_child(uid_changes);
  box.has.limits = holds_in_child(limits_hold);
  if (box.seccomp_wanted && box.has.prctl) {
    box.has.seccomp = true;
    box.has.seccomp = holds_in_child(filter_holds);
  }
  box.has.memory = holds_in_child(memory_is_ours);
}
