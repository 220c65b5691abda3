// The supervisor's parts and what they share. One supervisor is one environment: one request at a time.
#ifndef ALPACO_BOX_H
#define ALPACO_BOX_H

#include "confine.h"

#include <stdbool.h>
#include <stddef.h>
#include <sched.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#define MAX_WORDS 96     // arguments, variables, files of one request
#define MAX_ARTIFACTS 32 // programs kept between requests
#define MAX_SERVICES 4   // warm interpreters and compilers
#define NAME_BYTES 128
#define STDERR_TAIL 4096
#define COLLECTED_BYTES (64 * 1024)
#define MAX_COLLECTED 4

// What the machine gives beyond the kernel's limits; each was tried, not assumed.
struct protections {
  bool limits;     // open files, processes, memory, output: all four were seen to hold
  bool memory;     // a program cannot read or trace this process, or the one that started it
  bool prctl;      // death signals and no_new_privs
  bool seccomp;
  bool uid;        // programs run as another user than this process
  bool namespaces; // processes, network, mounts and IPC of their own
};

// When and where a process is to run.
struct rank {
  int priority;
  long io_priority;
  cpu_set_t processors;
  unsigned char scheduling[64]; // sched_attr, as much of it as the kernel has
};

struct service {
  char name[NAME_BYTES];
  pid_t pid; // 0: free
  int socket;
  int request; // memory files of a compiler
  int reply;
  int errors; // what it says on standard error
  struct { // what it looked like at its start
    struct rank rank;
    char limits[2048]; // as /proc tells them
  } at_start;
};

struct box {
  struct protections has;
  bool seccomp_wanted, namespaces_wanted;
  pid_t starter;       // the process that started this one
  bool dedicated;      // this user id is ours alone: whatever else runs under it was left behind
  uint32_t run_uid;    // 0: programs run as ourselves
  char home[512];      // read-only: guard, launchers, empty folder
  int work_fd;         // our folder for compilers and checkers
  char work_name[32];
  int work_parent_fd;
  int empty_fd;        // the working folder of programs
  int artifacts[MAX_ARTIFACTS];
  struct timespec artifacts_changed[MAX_ARTIFACTS]; // when they were made: nothing of them changes afterwards
  struct service services[MAX_SERVICES];
  bool failed;         // the last run did
  bool harmed;         // by a program: nothing is run here any more
};
extern struct box box;

// ---- requests ---------------------------------------------------------------------------------------------------

struct blob {
  char role[NAME_BYTES];
  uint64_t size;
};

// One request, as read from standard input. Texts point into the request's own memory.
struct request {
  const char *op, *exe, *via, *keep;
  char *args[MAX_WORDS + 1];
  char *env[MAX_WORDS + 1];
  struct blob blobs[MAX_WORDS];
  const char *collect[MAX_COLLECTED];
  size_t arg_count, env_count, blob_count, collect_count;
  int artifact;        // the program to run, or -1
  int keep_as;         // where to keep what was made, or -1
  uint64_t wall_ms, memory, allowance;
  uint64_t send;       // most bytes of its standard output that go back
  bool handshake, folder;
  bool after_success;  // not to be run when the last run failed
  bool error_head;     // the beginning of standard error instead of its end: what compilers say first matters
  struct confinement limits;
};

// How a run ended.
struct outcome {
  const char *name;
  int exit_code; // -1: none
  int signal;    // 0: none
  uint64_t cpu_ns, wall_ns, peak_bytes;
  int out_fd, err_fd;
  uint64_t out_bytes, err_bytes;
  int collected_fd[MAX_COLLECTED];
  char fault[256]; // our own failure, or empty
};

// launch.c
void launch(const struct request *request, struct outcome *outcome);
bool open_service(const struct request *request, char *message, size_t size);
void ask_service(const struct request *request, struct outcome *outcome);
void close_service(const char *name);
void close_services(void);
int memory_file(const char *name);
// environment.c
void read_rank(pid_t pid, struct rank *rank);
// Whether programs have shared segments.
bool has_segments(void);
void remember_environment(void);
// Writes what a program left behind or changed into `found`, cleans it, and says whether there was anything.
bool inspect_environment(char *found, size_t size, bool thorough);
void end_session(pid_t session);
// Whether any process of a session is ready to run.
bool session_works(pid_t session);
uint64_t tasks_of_user(uint32_t uid);
size_t read_proc(pid_t pid, const char *file, char *text, size_t size);
bool remove_tree(int parent, const char *name);
// isolate.c
bool enter_namespaces(char *const *binds, size_t count);
// probe.c
void probe_protections(void);
// box.c
bool is_abandoned(void);
uint64_t now_ns(void);
int receive_blob(int into, uint64_t size);

#endif
