// What a process is bound by before foreign code runs in it. Shared by the supervisor, which starts programs by exec, and
// by the guard, with which a warm interpreter's forked child binds itself.
#ifndef ALPACO_CONFINE_H
#define ALPACO_CONFINE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

// How much a program may do besides computing.
enum profile {
  PROFILE_PROGRAM = 0, // cannot open anything, cannot start anything
  PROFILE_RUNTIME = 1, // the same, but only after its interpreter has started (late limits)
  PROFILE_FOLDER = 2,  // a checker: may open files
  PROFILE_TOOL = 3,    // a compiler: may open files and start processes
};

// Bytes, milliseconds, counts. Sent as it is from the supervisor to the guard: both are built together.
struct confinement {
  uint32_t profile;
  uint32_t has_interpreter; // its own threads have to start before none may
  uint32_t use_seccomp;
  uint32_t use_prctl;
  uint64_t cpu_ms;
  uint64_t address_space; // 0: unlimited
  uint64_t output;
  uint64_t stack;
  uint64_t threads; // a runtime's own and those of its program; 0: none beyond the first
  uint32_t uid;     // 0: stay who we are
};

// Where a forked child leaves the offset of the file with its code when it is bound and about to run it.
#define BOUND_OFFSET 1

// Everything that does not stop an interpreter from starting. Returns 0, or an errno.
int confine_early(const struct confinement *limits);
// The limits on open files and processes of this process, which no start survives.
int confine_late(const struct confinement *limits);
// The same for another process of ours, once its interpreter has said that it is ready.
int confine_other(pid_t pid, const struct confinement *limits, uint64_t tasks_now);
// The system-call filter alone; needs no_new_privs. Returns 0, or an errno.
int install_filter(bool is_tool);

#endif
