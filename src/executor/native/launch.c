// Starting one process, watching it, and measuring it from a process that is small itself.
#include "box.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MS 1000000ull
#define TICK_NS (5 * MS)           // between two looks at a running process's memory
#define TOOL_TICK_NS (50 * MS)     // at a compiler's, which are several processes
#define SHORTEST_WAIT_NS (MS / 5)  // near the limit
#define START_WALL_NS (20000 * MS) // for an interpreter until it is ready
#define HARD_WALL_FACTOR 10        // of the wall limit, however busy the machine is
#define HARD_WALL_EXTRA_NS (5000 * MS)

// A file without a name: in memory, or in our folder where the kernel has no such files.
int memory_file(const char *name) {
  int fd = (int)syscall(SYS_memfd_create, name, 3u /* MFD_CLOEXEC | MFD_ALLOW_SEALING */);
  if (fd >= 0) return fd;
  static unsigned counter;
  char file[32];
  snprintf(file, sizeof file, "file-%u", counter++);
  fd = openat(box.work_fd, file, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd >= 0) unlinkat(box.work_fd, file, 0);
  return fd;
}

static void seal(int fd) { fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL); }

static void close_fd(int *fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}

static uint64_t size_of(int fd) {
  struct stat info;
  return fd >= 0 && fstat(fd, &info) == 0 ? (uint64_t)info.st_size : 0;
}

static void fail(struct outcome *outcome, const char *what, int number) {
  if (outcome->fault[0] == 0) snprintf(outcome->fault, sizeof outcome->fault, "%s: %s", what, strerror(number));
}

// ---- what a process is given -----------------------------------------------------------------------------------------

struct child {
  pid_t pid;
  clockid_t clock;
  int in, out, err, code;
  int ready, go; // ends of the handshake: theirs says that it is ready, ours lets it go on
  int folder;
  char folder_name[32];
  uint64_t started_ns, cpu_base_ns;
  bool began; // foreign code has begun to run
};

static bool make_folder(const struct request *request, struct child *child, struct outcome *outcome) {
  static unsigned counter;
  snprintf(child->folder_name, sizeof child->folder_name, "run-%u", counter++);
  if (mkdirat(box.work_fd, child->folder_name, 0700) != 0) return fail(outcome, "mkdir", errno), false;
  child->folder = openat(box.work_fd, child->folder_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (child->folder < 0) return fail(outcome, "open folder", errno), false;
  for (size_t i = 0; i < request->collect_count; i++) {
    int fd = openat(child->folder, request->collect[i], O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) return fail(outcome, "create file", errno), false;
    if (box.run_uid != 0 && fchown(fd, box.run_uid, box.run_uid) != 0) return fail(outcome, "chown", errno), false;
    outcome->collected_fd[i] = fd;
  }
  return true;
}

static bool give_folder(struct child *child, struct outcome *outcome) {
  if (box.run_uid != 0 && fchown(child->folder, box.run_uid, box.run_uid) != 0)
    return fail(outcome, "chown", errno), false;
  return true;
}

// Reads the request's blobs from our standard input to where they belong.
static bool place_blobs(const struct request *request, struct child *child, struct outcome *outcome) {
  for (size_t i = 0; i < request->blob_count; i++) {
    const struct blob *blob = &request->blobs[i];
    int into = -1;
    bool is_file = strncmp(blob->role, "file:", 5) == 0;
    if (strcmp(blob->role, "stdin") == 0) into = child->in;
    else if (strcmp(blob->role, "code") == 0) into = child->code;
    else if (is_file && child->folder >= 0) {
      into = openat(child->folder, blob->role + 5, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
      if (into >= 0 && box.run_uid != 0 && fchown(into, box.run_uid, box.run_uid) != 0) fail(outcome, "chown", errno);
      if (into < 0) fail(outcome, "create file", errno);
    }
    int failure = receive_blob(into, blob->size);
    if (is_file && into >= 0) close(into);
    // The rest is taken all the same: it is not the next request.
    if (failure != 0) fail(outcome, "receive", failure);
  }
  return outcome->fault[0] == 0;
}

// ---- in the child ----------------------------------------------------------------------------------------------------

static void move_fd(int from, int to) {
  if (from == to) fcntl(to, F_SETFD, 0);
  else if (from >= 0) dup2(from, to);
}

// Shared with the child between fork and exec: an errno when it could not start.
static volatile int *exec_failure;

static void become(const struct request *request, const struct child *child, const int handshake[2]) {
  setsid();
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  for (int i = 1; i < 32; i++) signal(i, SIG_DFL);
  // Above everything that is handed down, so that no dup2 below closes what a later one needs.
  int in = fcntl(child->in, F_DUPFD_CLOEXEC, 64), out = fcntl(child->out, F_DUPFD_CLOEXEC, 64);
  int err = fcntl(child->err, F_DUPFD_CLOEXEC, 64), code = fcntl(child->code, F_DUPFD_CLOEXEC, 64);
  int ready = handshake == NULL ? -1 : fcntl(handshake[0], F_DUPFD_CLOEXEC, 64);
  int go = handshake == NULL ? -1 : fcntl(handshake[1], F_DUPFD_CLOEXEC, 64);
  if (fchdir(child->folder >= 0 ? child->folder : box.empty_fd) != 0) goto failed;
  move_fd(in, 0), move_fd(out, 1), move_fd(err, 2);
  for (int fd = 3; fd < 6; fd++) close(fd);
  if (handshake != NULL) {
    move_fd(ready, 3), move_fd(go, 4);
    if (code >= 0) move_fd(code, 5);
  }
  // Everything else is closed by exec; what is not marked so is closed here.
  syscall(SYS_close_range, 6u, ~0u, 4u /* CLOSE_RANGE_CLOEXEC */);
  int failure = confine_early(&request->limits);
  if (failure != 0) {
    *exec_failure = failure;
    _exit(127);
  }
  failure = confine_late(&request->limits);
  if (failure != 0) {
    *exec_failure = failure;
    _exit(127);
  }
  // A compiled program is executed by its descriptor, which exec closes like all the others.
  if (request->exe == NULL) syscall(SYS_execveat, code, "", request->args, request->env, AT_EMPTY_PATH);
  else execve(request->exe, request->args, request->env);
failed:
  *exec_failure = errno;
  _exit(127);
}

static bool start_by_exec(const struct request *request, struct child *child, struct outcome *outcome) {
  if (exec_failure == NULL) {
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) return fail(outcome, "mmap", errno), false;
    exec_failure = page;
  }
  *exec_failure = 0;
  int ready[2] = {-1, -1}, go[2] = {-1, -1};
  if (request->handshake) {
    bool made = pipe2(ready, O_CLOEXEC) == 0 && pipe2(go, O_CLOEXEC) == 0;
    // Java opens them by their path, as the user that it runs as.
    if (made && box.run_uid != 0)
      made = fchown(ready[1], box.run_uid, box.run_uid) == 0 && fchown(go[0], box.run_uid, box.run_uid) == 0;
    if (!made) fail(outcome, "pipe", errno);
  }
  child->ready = ready[0], child->go = go[1];
  int theirs[2] = {ready[1], go[0]};
  child->started_ns = now_ns();
  child->pid = outcome->fault[0] == 0 ? fork() : -1;
  if (child->pid == 0) become(request, child, request->handshake ? theirs : NULL);
  if (child->pid < 0) fail(outcome, "fork", errno);
  close_fd(&ready[1]), close_fd(&go[0]);
  return child->pid > 0;
}

static struct service *find_service(const char *name) {
  for (size_t i = 0; i < MAX_SERVICES; i++)
    if (box.services[i].pid != 0 && strcmp(box.services[i].name, name) == 0) return &box.services[i];
  return NULL;
}

// Message to the guard in a warm interpreter: limits with the files, back comes the id of the child.
static bool start_by_service(const struct request *request, struct child *child, struct outcome *outcome) {
  struct service *service = find_service(request->via);
  if (service == NULL) return fail(outcome, "service", ENOENT), false;
  int fds[5] = {child->in, child->out, child->err, child->code, child->folder >= 0 ? child->folder : box.empty_fd};
  char control[CMSG_SPACE(sizeof fds)];
  memset(control, 0, sizeof control);
  char words[8192];
  size_t length = 0;
  for (size_t i = 0; i < request->arg_count; i++) {
    size_t size = strlen(request->args[i]) + 1;
    if (length + size > sizeof words) return fail(outcome, "arguments", E2BIG), false;
    memcpy(words + length, request->args[i], size);
    length += size;
  }
  struct iovec parts[2] = {{(void *)&request->limits, sizeof request->limits}, {words, length}};
  struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2, .msg_control = control, .msg_controllen = sizeof control};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof fds);
  memcpy(CMSG_DATA(header), fds, sizeof fds);
  child->started_ns = now_ns();
  if (sendmsg(service->socket, &message, MSG_NOSIGNAL) != (ssize_t)(sizeof request->limits + length))
    return fail(outcome, "zygote", errno), false;
  struct pollfd wait = {service->socket, POLLIN, 0};
  int32_t pid = 0;
  if (poll(&wait, 1, 10000) != 1 || recv(service->socket, &pid, sizeof pid, 0) != sizeof pid || pid <= 0)
    return fail(outcome, "zygote", pid < 0 ? -pid : ECONNRESET), false;
  child->pid = pid;
  return true;
}

// A child of a warm interpreter moves the offset of its code, which it shares with us, once it is bound (guard.c).
static bool was_bound(const struct child *child) { return lseek(child->code, 0, SEEK_CUR) == BOUND_OFFSET; }

// ---- watching --------------------------------------------------------------------------------------------------------

static uint64_t cpu_ns(const struct child *child) {
  struct timespec time;
  if (clock_gettime(child->clock, &time) != 0) return 0;
  return (uint64_t)time.tv_sec * 1000 * MS + (uint64_t)time.tv_nsec;
}

struct look {
  char state;
  long threads;
  uint64_t resident;
};

static bool read_stat(pid_t pid, const char *task, struct look *look) {
  char path[64], text[1024];
  snprintf(path, sizeof path, "/proc/%d/%s%sstat", pid, task == NULL ? "" : "task/", task == NULL ? "" : task);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  ssize_t length = read(fd, text, sizeof text - 1);
  close(fd);
  if (length <= 0) return false;
  text[length] = 0;
  const char *at = strrchr(text, ')');
  if (at == NULL) return false;
  // After the name: state is field 3, threads 20, resident pages 24 (proc(5)).
  long values[25] = {0};
  look->state = at[2];
  char *next = (char *)at + 3;
  for (int field = 4; field <= 24; field++) values[field] = strtol(next, &next, 10);
  look->threads = values[20];
  look->resident = (uint64_t)values[24] * (uint64_t)sysconf(_SC_PAGESIZE);
  return true;
}

// Whether a run as a whole waits for something: not when a thread of it, or a process that a compiler's driver has started,
// is ready to run and only lacks a processor.
static bool is_idle(const struct request *request, pid_t pid, const struct look *look) {
  if (strchr("STt", look->state) == NULL) return false;
  if (request->limits.profile == PROFILE_TOOL) return !session_works(pid);
  if (look->threads <= 1) return true;
  char path[40];
  snprintf(path, sizeof path, "/proc/%d/task", pid);
  DIR *folder = opendir(path);
  bool idle = folder != NULL;
  for (struct dirent *entry; idle && (entry = readdir(folder)) != NULL;) {
    char task[40];
    struct look one;
    snprintf(task, sizeof task, "%.20s/", entry->d_name);
    idle = !isdigit((unsigned char)entry->d_name[0]) || !read_stat(pid, task, &one) || strchr("RD", one.state) == NULL;
  }
  if (folder != NULL) closedir(folder);
  return idle;
}

// Bytes of memory on this machine that are in no process's own pages: files in memory and shared mappings.
static uint64_t shared_memory(void) {
  struct sysinfo info;
  return sysinfo(&info) == 0 ? (uint64_t)info.sharedram * info.mem_unit : 0;
}

// Whether a process keeps more than its limit where its resident memory does not show it: in shared mappings that it has
// let go of. Only where no filter refuses them. What others share meanwhile is no fault of one that has no such mapping.
static bool hides_memory(pid_t pid, uint64_t shared_before, uint64_t limit) {
  if (box.has.seccomp || shared_memory() < shared_before + limit) return false;
  static char maps[256 * 1024];
  read_proc(pid, "maps", maps, sizeof maps);
  return strstr(maps, "/dev/zero (deleted)") != NULL || has_segments();
}

static void on_child(int signal) { (void)signal; }

static void wait_until(uint64_t nanoseconds, sigset_t *unblocked, int also) {
  struct timespec time = {(time_t)(nanoseconds / (1000 * MS)), (long)(nanoseconds % (1000 * MS))};
  struct pollfd fds[2] = {{0, POLLRDHUP, 0}, {also, POLLIN, 0}};
  ppoll(fds, also >= 0 ? 2 : 1, &time, unblocked);
}

struct ending {
  const char *reason; // why we stopped it, or NULL
  int status;
  struct rusage usage;
};

static bool reap(const struct child *child, struct ending *ending) {
  pid_t done;
  do done = wait4(child->pid, &ending->status, WNOHANG | __WALL, &ending->usage);
  while (done < 0 && errno == EINTR);
  // A program may have made us its tracer: then we are also told when it only stops.
  if (done == child->pid && WIFSTOPPED(ending->status)) kill(child->pid, SIGKILL);
  return done == child->pid && !WIFSTOPPED(ending->status);
}

static void stop(const struct child *child, struct ending *ending, const char *reason) {
  if (ending->reason == NULL) ending->reason = reason;
  kill(child->pid, SIGKILL);
  kill(-child->pid, SIGKILL);
}

// A process may bind another one of its own user only, unless it is privileged: then a child of ours becomes that user.
static bool bind_runtime(pid_t pid, const struct confinement *limits, uint64_t tasks) {
  if (box.run_uid == 0) return confine_other(pid, limits, tasks) == 0;
  pid_t helper = fork();
  if (helper == 0) {
    bool changed = setresgid(box.run_uid, box.run_uid, box.run_uid) == 0 &&
                   setresuid(box.run_uid, box.run_uid, box.run_uid) == 0;
    _exit(changed && confine_other(pid, limits, tasks) == 0 ? 0 : 1);
  }
  int status = 1;
  while (helper > 0 && waitpid(helper, &status, 0) < 0 && errno == EINTR) continue;
  return helper > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// Waits for the interpreter's word that it is ready, binds it, and lets it go. False when it ended before.
static bool shake_hands(const struct request *request, struct child *child, struct ending *ending, sigset_t *unblocked) {
  uint64_t deadline = now_ns() + START_WALL_NS;
  for (;;) {
    struct pollfd ready = {child->ready, POLLIN, 0};
    if (poll(&ready, 1, 0) == 1) {
      char word;
      if (read(child->ready, &word, 1) == 1) break;
      close_fd(&child->ready); // it ends without having begun
    }
    if (reap(child, ending)) return false;
    if (is_abandoned()) stop(child, ending, "cancelled");
    else if (now_ns() > deadline) stop(child, ending, "start");
    wait_until(child->ready >= 0 ? 100 * MS : MS, unblocked, child->ready);
  }
  uint64_t tasks = request->limits.threads == 0 ? 0 : tasks_of_user(box.run_uid != 0 ? box.run_uid : geteuid());
  if (!bind_runtime(child->pid, &request->limits, tasks)) {
    stop(child, ending, "start");
    return false;
  }
  child->cpu_base_ns = cpu_ns(child);
  child->started_ns = now_ns();
  child->began = true;
  close_fd(&child->ready);
  if (write(child->go, "g", 1) != 1) stop(child, ending, "start");
  close_fd(&child->go);
  return true;
}

static void watch(const struct request *request, struct child *child, struct ending *ending) {
  sigset_t blocked, unblocked;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGCHLD);
  sigprocmask(SIG_BLOCK, &blocked, &unblocked);
  sigdelset(&unblocked, SIGCHLD);
  struct sigaction action = {.sa_handler = on_child, .sa_flags = SA_NOCLDSTOP};
  sigaction(SIGCHLD, &action, NULL);
  clock_getcpuclockid(child->pid, &child->clock);
  child->began = !request->handshake;
  if (request->handshake && !shake_hands(request, child, ending, &unblocked)) return;

  const uint64_t cpu_limit = request->limits.cpu_ms * MS, wall_limit = request->wall_ms * MS;
  const uint64_t memory_limit = request->memory + request->allowance;
  const uint64_t hard_wall = wall_limit * HARD_WALL_FACTOR + HARD_WALL_EXTRA_NS;
  const uint64_t processors = request->limits.profile == PROFILE_PROGRAM ? 1 : (uint64_t)sysconf(_SC_NPROCESSORS_ONLN);
  const uint64_t most_output = request->limits.output - 1;
  const uint64_t longest_tick = request->limits.profile == PROFILE_TOOL ? TOOL_TICK_NS : TICK_NS;
  const uint64_t shared_before = shared_memory();
  uint64_t idle = 0, last_cpu = 0, last_look = child->started_ns, tick = MS;
  while (!reap(child, ending)) {
    uint64_t now = now_ns(), cpu = cpu_ns(child);
    cpu = cpu > child->cpu_base_ns ? cpu - child->cpu_base_ns : 0;
    if (is_abandoned()) stop(child, ending, "cancelled");
    else if (cpu > cpu_limit) stop(child, ending, "cpu-limit");
    else if (now - child->started_ns > hard_wall) stop(child, ending, "wall-limit");
    else if (now - last_look >= tick) {
      struct look look;
      if (read_stat(child->pid, NULL, &look)) {
        uint64_t passed = now - last_look, used = cpu - last_cpu;
        if (used < passed / 8 && is_idle(request, child->pid, &look)) idle += passed - used;
        if (look.resident > memory_limit || hides_memory(child->pid, shared_before, memory_limit))
          stop(child, ending, "memory-limit");
        // Many a program goes on when its output is refused.
        else if (size_of(child->out) > most_output || size_of(child->err) > most_output) stop(child, ending, "output-limit");
        else if (idle > wall_limit) stop(child, ending, "wall-limit");
      }
      last_look = now, last_cpu = cpu;
      if (tick < longest_tick) tick *= 2;
    }
    uint64_t left = cpu_limit >= cpu ? (cpu_limit - cpu) / processors + SHORTEST_WAIT_NS : SHORTEST_WAIT_NS;
    uint64_t until_look = tick > now - last_look ? tick - (now - last_look) : SHORTEST_WAIT_NS;
    wait_until(ending->reason != NULL ? 50 * MS : (left < until_look ? left : until_look), &unblocked, -1);
  }
}

// ---- the whole run ---------------------------------------------------------------------------------------------------

// Copies a finished file into one that nobody else has open, and that can be executed.
static int keep_copy(int from) {
  int kept = memory_file("program");
  if (kept < 0) return -1;
  loff_t at = 0;
  for (ssize_t got = 1; got > 0;) {
    got = sendfile(kept, from, &at, 1 << 20);
    if (got < 0) {
      close(kept);
      return -1;
    }
  }
  fchmod(kept, 0755);
  seal(kept);
  // By a descriptor that only reads: even a write that is refused would change what is noted of the file.
  char path[40];
  snprintf(path, sizeof path, "/proc/self/fd/%d", kept);
  int read_only = open(path, O_RDONLY | O_CLOEXEC);
  close(kept);
  return read_only;
}

static void keep_as(int place, int fd) {
  struct stat info;
  close_fd(&box.artifacts[place]);
  box.artifacts[place] = fd;
  if (fstat(fd, &info) == 0) box.artifacts_changed[place] = info.st_ctim;
}

static void keep_artifact(const struct request *request, const struct child *child, struct outcome *outcome) {
  int from = -1;
  if (strcmp(request->keep, "stdout") == 0) from = dup(child->out);
  // The process that could write here is dead; still, no link is followed and only a file is taken.
  else from = openat(child->folder, request->keep, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  struct stat info;
  if (from >= 0 && fstat(from, &info) == 0 && S_ISREG(info.st_mode)) {
    int kept = keep_copy(from);
    if (kept < 0) fail(outcome, "keep", errno);
    else keep_as(request->keep_as, kept);
  } else {
    fail(outcome, "nothing to keep", ENOENT);
  }
  if (from >= 0) close(from);
}

static void judge_ending(const struct request *request, const struct child *child, const struct ending *ending,
                         struct outcome *outcome) {
  const struct timeval *user = &ending->usage.ru_utime, *system = &ending->usage.ru_stime;
  uint64_t cpu = ((uint64_t)(user->tv_sec + system->tv_sec) * 1000000u + (uint64_t)(user->tv_usec + system->tv_usec)) * 1000;
  outcome->cpu_ns = cpu > child->cpu_base_ns ? cpu - child->cpu_base_ns : 0;
  outcome->wall_ns = now_ns() - child->started_ns;
  outcome->peak_bytes = (uint64_t)ending->usage.ru_maxrss * 1024;
  outcome->out_bytes = size_of(outcome->out_fd);
  outcome->err_bytes = size_of(outcome->err_fd);
  // One byte more than the limit may be written, so that "too much" can be told from "exactly as much".
  const uint64_t most = request->limits.output - 1;
  bool exited = WIFEXITED(ending->status);
  const char *reason = ending->reason;
  bool is_stopped = reason != NULL && !exited;
  if (is_stopped && strcmp(reason, "cancelled") == 0) outcome->name = reason;
  else if (!child->began) outcome->name = "start";
  else if (outcome->cpu_ns > request->limits.cpu_ms * MS || (is_stopped && strcmp(reason, "cpu-limit") == 0) ||
           (!exited && WTERMSIG(ending->status) == SIGXCPU))
    outcome->name = "cpu-limit";
  else if (is_stopped && strcmp(reason, "wall-limit") == 0) outcome->name = reason;
  else if (outcome->peak_bytes > request->memory + request->allowance ||
           (is_stopped && strcmp(reason, "memory-limit") == 0))
    outcome->name = "memory-limit";
  else if (outcome->out_bytes > most || outcome->err_bytes > most) outcome->name = "output-limit";
  else outcome->name = exited ? "exited" : "signalled";
  bool normal = strcmp(outcome->name, "exited") == 0;
  outcome->exit_code = normal ? WEXITSTATUS(ending->status) : -1;
  outcome->signal = strcmp(outcome->name, "signalled") == 0 ? WTERMSIG(ending->status) : 0;
  if (outcome->out_bytes > most) outcome->out_bytes = most;
}

void launch(const struct request *request, struct outcome *outcome) {
  struct child child = {.pid = 0, .in = -1, .out = -1, .err = -1, .code = -1, .ready = -1, .go = -1, .folder = -1};
  struct ending ending = {.reason = NULL};
  memset(outcome, 0, sizeof *outcome);
  outcome->exit_code = -1;
  outcome->out_fd = outcome->err_fd = -1;
  for (int i = 0; i < MAX_COLLECTED; i++) outcome->collected_fd[i] = -1;
  child.in = memory_file("stdin"), child.out = memory_file("stdout"), child.err = memory_file("stderr");
  child.code = request->artifact >= 0 ? fcntl(box.artifacts[request->artifact], F_DUPFD_CLOEXEC, 3) : memory_file("code");
  if (child.in < 0 || child.out < 0 || child.err < 0 || child.code < 0) fail(outcome, "memory file", errno);
  if (outcome->fault[0] == 0 && request->folder) make_folder(request, &child, outcome);
  bool placed = place_blobs(request, &child, outcome);
  if (placed && request->folder) placed = give_folder(&child, outcome);
  if (placed && outcome->fault[0] == 0) {
    lseek(child.in, 0, SEEK_SET);
    seal(child.in);
    lseek(child.code, 0, SEEK_SET);
    bool started = request->via != NULL ? start_by_service(request, &child, outcome)
                                        : start_by_exec(request, &child, outcome);
    outcome->out_fd = child.out, outcome->err_fd = child.err;
    if (started) {
      watch(request, &child, &ending);
      if (request->via != NULL) child.began = was_bound(&child);
      if (request->limits.profile != PROFILE_PROGRAM) end_session(child.pid);
      if (request->via == NULL && *exec_failure != 0) fail(outcome, "exec", *exec_failure);
      judge_ending(request, &child, &ending, outcome);
      bool ended_well = strcmp(outcome->name, "exited") == 0 && outcome->exit_code == 0;
      if (request->keep != NULL && ended_well) keep_artifact(request, &child, outcome);
    }
  }
  close_fd(&child.in), close_fd(&child.code), close_fd(&child.ready), close_fd(&child.go);
  if (outcome->out_fd < 0) close_fd(&child.out), close_fd(&child.err);
  if (child.folder >= 0) {
    close_fd(&child.folder);
    remove_tree(box.work_fd, child.folder_name);
  }
}

// ---- services ----------------------------------------------------------------------------------------------------------

static void end_service(struct service *service) {
  if (service->pid == 0) return;
  kill(-service->pid, SIGKILL);
  kill(service->pid, SIGKILL);
  waitpid(service->pid, NULL, __WALL);
  close_fd(&service->socket), close_fd(&service->request), close_fd(&service->reply), close_fd(&service->errors);
  service->pid = 0;
}

void close_service(const char *name) {
  struct service *service = name == NULL ? NULL : find_service(name);
  if (service != NULL) end_service(service);
}

void close_services(void) {
  for (size_t i = 0; i < MAX_SERVICES; i++) end_service(&box.services[i]);
}

// Starts a warm interpreter or compiler and waits until it says on its socket (descriptor 3; with `handshake` also its
// standard input and output) that it is ready. An older one of the same name is ended.
bool open_service(const struct request *request, char *message, size_t size) {
  struct service *service = find_service(request->via);
  for (size_t i = 0; i < MAX_SERVICES && service == NULL; i++)
    if (box.services[i].pid == 0) service = &box.services[i];
  if (service == NULL) return false;
  end_service(service);
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) return false;
  int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  int errors = memory_file("errors"), request_file = memory_file("request"), reply_file = memory_file("reply");
  pid_t pid = fork();
  if (pid == 0) {
    setsid();
    for (int i = 1; i < 32; i++) signal(i, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    int socket = fcntl(pair[1], F_DUPFD_CLOEXEC, 64), err = fcntl(errors, F_DUPFD_CLOEXEC, 64);
    if (fchdir(box.empty_fd) != 0) _exit(126);
    int asked = fcntl(request_file, F_DUPFD_CLOEXEC, 64), answer = fcntl(reply_file, F_DUPFD_CLOEXEC, 64);
    int words = request->handshake ? socket : fcntl(null, F_DUPFD_CLOEXEC, 64);
    move_fd(words, 0), move_fd(words, 1), move_fd(err, 2), move_fd(socket, 3), move_fd(asked, 4), move_fd(answer, 5);
    syscall(SYS_close_range, 6u, ~0u, 4u /* CLOSE_RANGE_CLOEXEC */);
    if (confine_early(&request->limits) != 0) _exit(125);
    execve(request->exe, request->args, request->env);
    _exit(127);
  }
  close(pair[1]);
  close(null);
  bool ready = false;
  if (pid > 0) {
    struct pollfd wait[2] = {{pair[0], POLLIN, 0}, {0, POLLRDHUP, 0}};
    char word;
    bool heard = poll(wait, 2, (int)(request->wall_ms)) > 0 && wait[0].revents != 0;
    ready = heard && recv(pair[0], &word, 1, 0) == 1 && word == 'r';
  }
  ssize_t length = pread(errors, message, size - 1, 0);
  message[length > 0 ? length : 0] = 0;
  snprintf(service->name, sizeof service->name, "%s", request->via);
  service->pid = pid > 0 ? pid : 0;
  service->socket = pair[0];
  service->request = request_file, service->reply = reply_file;
  service->errors = errors;
  if (!ready) {
    if (pid <= 0) close(pair[0]), close(request_file), close(reply_file), close(errors);
    end_service(service);
    return false;
  }
  read_proc(pid, "limits", service->at_start.limits, sizeof service->at_start.limits);
  read_rank(pid, &service->at_start.rank);
  return true;
}

// Has a warm compiler work on the request's `code`: one byte goes, one comes back, `y` with the result or `n` with what is
// wrong with the source in the reply's memory file. One that uses too much is ended.
void ask_service(const struct request *request, struct outcome *outcome) {
  memset(outcome, 0, sizeof *outcome);
  outcome->exit_code = -1;
  outcome->out_fd = outcome->err_fd = -1;
  for (int i = 0; i < MAX_COLLECTED; i++) outcome->collected_fd[i] = -1;
  struct service *service = find_service(request->via);
  for (size_t i = 0; i < request->blob_count; i++) {
    int failure = receive_blob(service == NULL ? -1 : service->request, request->blobs[i].size);
    if (failure != 0) fail(outcome, "receive", failure);
  }
  if (service == NULL) fail(outcome, "service", ENOENT);
  if (outcome->fault[0] != 0) return;
  struct child child = {.pid = service->pid};
  clock_getcpuclockid(child.pid, &child.clock);
  child.cpu_base_ns = cpu_ns(&child);
  child.started_ns = now_ns();
  const char *reason = send(service->socket, "g", 1, MSG_NOSIGNAL) == 1 ? NULL : "start";
  char word = 0;
  while (reason == NULL) {
    struct pollfd fds[2] = {{service->socket, POLLIN, 0}, {0, POLLRDHUP, 0}};
    if (poll(fds, 2, 5) > 0 && fds[0].revents != 0) {
      if (recv(service->socket, &word, 1, 0) != 1) reason = "start"; // it died
      break;
    }
    struct look look;
    if (is_abandoned()) reason = "cancelled";
    else if (cpu_ns(&child) - child.cpu_base_ns > request->limits.cpu_ms * MS) reason = "cpu-limit";
    else if (now_ns() - child.started_ns > request->wall_ms * MS * HARD_WALL_FACTOR) reason = "wall-limit";
    else if (read_stat(child.pid, NULL, &look) && look.resident > request->memory) reason = "memory-limit";
  }
  // Another word is not the compiler's: somebody has had its process say it.
  if (reason == NULL && word != 'y' && word != 'n') reason = "start";
  outcome->cpu_ns = cpu_ns(&child) - child.cpu_base_ns;
  outcome->wall_ns = now_ns() - child.started_ns;
  outcome->name = reason == NULL ? "exited" : reason;
  if (reason != NULL) {
    outcome->err_fd = dup(service->errors);
    outcome->err_bytes = size_of(outcome->err_fd);
    end_service(service);
    return;
  }
  outcome->exit_code = word == 'y' ? 0 : 1;
  outcome->out_fd = keep_copy(service->reply);
  outcome->out_bytes = size_of(outcome->out_fd);
  if (ftruncate(service->request, 0) != 0 || ftruncate(service->reply, 0) != 0) fail(outcome, "truncate", errno);
  lseek(service->request, 0, SEEK_SET);
  if (word == 'y' && request->keep != NULL && outcome->out_fd >= 0) {
    keep_as(request->keep_as, outcome->out_fd);
    outcome->out_fd = -1;
    outcome->out_bytes = 0;
  }
}
