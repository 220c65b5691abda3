// What a program may have left behind or changed: looked for after every run, removed, and reported. Nothing here follows
// a link, and names are only used below folders that were opened before any program ran.
#include "box.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define KEYCTL_CLEAR_KEYS 7
#define KEYCTL_READ_KEYS 11
#define KEYCTL_GET_PERSISTENT_RING 22
#define PROCESS_RING (-2)
#define SETTLED_WALL_NS 10000000000ull // for an idle interpreter to go to sleep, however busy the machine is

// Where anybody may write, on one machine or another.
static const char *const public_folders[] = {"/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run/lock"};
#define PUBLIC 32
// They, and the folders in them where anybody may write as well.
static struct {
  int fd;
  struct stat was;
} public[PUBLIC];
static size_t public_count;

// What is compared of a process: its limits, its priority, where it may run.
struct traits {
  struct rlimit limits[RLIM_NLIMITS];
  struct rank rank;
};
static struct { pid_t pid; struct traits traits; } watched[2]; // this process, and the one that started it
static int shared_memory, semaphores, queues;
static long key_rings[] = {-4, -5, 0}; // of the user, of the user's session, and the persistent one
#define RINGS (sizeof key_rings / sizeof *key_rings)
static long keys[RINGS];

void read_rank(pid_t pid, struct rank *rank) {
  memset(rank, 0, sizeof *rank);
  rank->priority = getpriority(PRIO_PROCESS, (id_t)pid);
  rank->io_priority = syscall(SYS_ioprio_get, 1 /* IOPRIO_WHO_PROCESS */, pid);
  sched_getaffinity(pid, sizeof rank->processors, &rank->processors);
  syscall(SYS_sched_getattr, pid, rank->scheduling, sizeof rank->scheduling, 0);
}

static void read_traits(pid_t pid, struct traits *traits) {
  memset(traits, 0, sizeof *traits);
  for (int i = 0; i < RLIM_NLIMITS; i++) prlimit(pid, (enum __rlimit_resource)i, NULL, &traits->limits[i]);
  read_rank(pid, &traits->rank);
}

static void count_ipc(int *memory, int *sets, int *channels) {
  struct shm_info shm;
  struct seminfo sem;
  struct msginfo msg;
  memset(&shm, 0, sizeof shm), memset(&sem, 0, sizeof sem), memset(&msg, 0, sizeof msg);
  *memory = shmctl(0, SHM_INFO, (struct shmid_ds *)&shm) < 0 ? -1 : shm.used_ids;
  *sets = semctl(0, 0, SEM_INFO, &sem) < 0 ? -1 : sem.semusz;
  *channels = msgctl(0, MSG_INFO, (struct msqid_ds *)&msg) < 0 ? -1 : msg.msgpool;
}

static long count_keys(long ring) { return ring == 0 ? 0 : syscall(SYS_keyctl, KEYCTL_READ_KEYS, ring, NULL, 0); }

static bool sweep_keys(void) {
  bool found = false;
  for (size_t i = 0; i < RINGS; i++) {
    if (count_keys(key_rings[i]) <= keys[i]) continue;
    found = true;
    syscall(SYS_keyctl, KEYCTL_CLEAR_KEYS, key_rings[i]);
    keys[i] = count_keys(key_rings[i]);
  }
  return found;
}

// Whether what the programs' user owns was made by programs.
static bool may_sweep(void) { return box.dedicated || box.run_uid != 0; }

static uint32_t program_uid(void) { return box.run_uid != 0 ? box.run_uid : (uint32_t)geteuid(); }

static bool is_dots(const char *name) { return strcmp(name, ".") == 0 || strcmp(name, "..") == 0; }

// Removes the entries of a folder. A folder in it is emptied into this one first, level by level: however deep somebody
// nested them, there is no recursion and no long path. Returns how many entries there were.
static int empty_folder(int fd) {
  int found = 0;
  static unsigned moved;
  for (bool again = true; again;) {
    again = false;
    int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = copy < 0 ? NULL : fdopendir(copy);
    if (folder == NULL) return found;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
      if (is_dots(entry->d_name)) continue;
      found += 1;
      if (unlinkat(fd, entry->d_name, 0) == 0 || unlinkat(fd, entry->d_name, AT_REMOVEDIR) == 0) continue;
      int inner = openat(fd, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
      if (inner < 0 && fchmodat(fd, entry->d_name, 0700, 0) == 0)
        inner = openat(fd, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
      if (inner < 0) continue;
      fchmod(inner, 0700);
      int second = openat(inner, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
      DIR *content = second < 0 ? NULL : fdopendir(second);
      for (struct dirent *deeper; content != NULL && (deeper = readdir(content)) != NULL;) {
        char name[32];
        if (is_dots(deeper->d_name) || unlinkat(inner, deeper->d_name, 0) == 0) continue;
        fchmodat(inner, deeper->d_name, 0700, 0); // to move a folder is to write in it
        snprintf(name, sizeof name, ".emptied-%u", moved++);
        again |= renameat(inner, deeper->d_name, fd, name) == 0;
      }
      if (content != NULL) closedir(content);
      close(inner);
      unlinkat(fd, entry->d_name, AT_REMOVEDIR);
    }
    closedir(folder);
  }
  return found;
}

// Removes a file or a folder with all it holds, below an open folder. Returns whether it is gone.
bool remove_tree(int parent, const char *name) {
  if (unlinkat(parent, name, 0) == 0 || errno == ENOENT) return true;
  int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0 && errno == EACCES && fchmodat(parent, name, 0700, 0) == 0)
    fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd >= 0) {
    fchmod(fd, 0700);
    empty_folder(fd);
    close(fd);
  }
  return unlinkat(parent, name, AT_REMOVEDIR) == 0;
}

// The process that somebody's parent is; 0 when there is no such process.
static pid_t parent_of(pid_t pid) {
  char text[512];
  read_proc(pid, "stat", text, sizeof text);
  const char *end = strrchr(text, ')');
  return end == NULL ? 0 : (pid_t)atoi(end + 4);
}

// Our own folder, or that of another environment of the same user that works beside us: its name tells whose it is.
static bool is_work_folder(const char *name) {
  if (strcmp(name, box.work_name) == 0) return true;
  if (strncmp(name, "alpaco-box-", 11) != 0) return false;
  pid_t owner = (pid_t)atoi(name + 11);
  return owner > 0 && owner != getpid() && box.starter > 0 && parent_of(owner) == box.starter;
}

// Removes what the programs' user has in a public folder, other than what is ours. Returns how much there was.
static int sweep_folder(int fd) {
  int found = 0;
  int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *folder = copy < 0 ? NULL : fdopendir(copy);
  if (folder == NULL) return 0;
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    const char *name = entry->d_name;
    struct stat info;
    if (is_dots(name) || fstatat(fd, name, &info, AT_SYMLINK_NOFOLLOW) != 0) continue;
    if (info.st_uid != program_uid() || is_work_folder(name)) continue;
    found += 1;
    remove_tree(fd, name);
  }
  closedir(folder);
  return found;
}

static bool sweep_public_folders(void) {
  int found = 0;
  for (size_t i = 0; i < public_count; i++) {
    struct stat info;
    const struct stat *was = &public[i].was;
    // Not by the time of its content, which whoever owns the folder may put back.
    if (fstat(public[i].fd, &info) != 0) continue;
    if (info.st_ctim.tv_sec == was->st_ctim.tv_sec && info.st_ctim.tv_nsec == was->st_ctim.tv_nsec) continue;
    if (may_sweep()) {
      bool is_theirs = info.st_uid == program_uid() && info.st_mode != was->st_mode;
      if (is_theirs) found += fchmod(public[i].fd, was->st_mode & 07777) == 0;
      found += sweep_folder(public[i].fd);
    }
    fstat(public[i].fd, &public[i].was);
  }
  return found > 0;
}

// Visits the shared segments of the programs' user; returns whether there are any.
static bool each_segment(bool remove) {
  bool ours = false;
  uint32_t uid = program_uid();
  struct shm_info unused;
  int last = shmctl(0, SHM_INFO, (struct shmid_ds *)&unused);
  for (int i = 0; i <= last; i++) {
    struct shmid_ds info;
    int id = shmctl(i, SHM_STAT, &info);
    if (id < 0 || (info.shm_perm.cuid != uid && info.shm_perm.uid != uid)) continue;
    ours = true;
    if (remove) shmctl(id, IPC_RMID, NULL);
  }
  return ours;
}

bool has_segments(void) { return may_sweep() && each_segment(false); }

static bool sweep_ipc(void) {
  int memory, sets, channels;
  count_ipc(&memory, &sets, &channels);
  if (!may_sweep() || (memory == shared_memory && sets == semaphores && channels == queues)) return false;
  bool ours = each_segment(true);
  uint32_t uid = program_uid();
  struct seminfo unused_sem;
  struct msginfo unused_msg;
  int last = semctl(0, 0, SEM_INFO, &unused_sem);
  for (int i = 0; i <= last; i++) {
    struct semid_ds info;
    int id = semctl(i, 0, SEM_STAT, &info);
    if (id < 0 || (info.sem_perm.cuid != uid && info.sem_perm.uid != uid)) continue;
    ours = true;
    semctl(id, 0, IPC_RMID);
  }
  last = msgctl(0, MSG_INFO, (struct msqid_ds *)&unused_msg);
  for (int i = 0; i <= last; i++) {
    struct msqid_ds info;
    int id = msgctl(i, MSG_STAT, &info);
    if (id < 0 || (info.msg_perm.cuid != uid && info.msg_perm.uid != uid)) continue;
    ours = true;
    msgctl(id, IPC_RMID, NULL);
  }
  count_ipc(&shared_memory, &semaphores, &queues);
  return ours;
}

// ---- processes -----------------------------------------------------------------------------------------------------

// A file of a process as text; empty when there is none. Returns its length.
size_t read_proc(pid_t pid, const char *file, char *text, size_t size) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", pid, file);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t length = fd < 0 ? 0 : read(fd, text, size - 1);
  if (fd >= 0) close(fd);
  text[length > 0 ? length : 0] = 0;
  return length > 0 ? (size_t)length : 0;
}

struct process {
  pid_t pid, parent;
  char state;
  uint32_t uid;
  long threads;
};

static bool read_process(int proc, const char *pid, struct process *process) {
  char path[64], text[2048];
  snprintf(path, sizeof path, "%.20s/status", pid);
  int fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  ssize_t length = read(fd, text, sizeof text - 1);
  close(fd);
  if (length <= 0) return false;
  text[length] = 0;
  const char *state = strstr(text, "\nState:"), *parent = strstr(text, "\nPPid:"), *uid = strstr(text, "\nUid:");
  const char *threads = strstr(text, "\nThreads:");
  if (state == NULL || parent == NULL || uid == NULL) return false;
  process->pid = (pid_t)atoi(pid);
  sscanf(state, "\nState: %c", &process->state);
  process->parent = (pid_t)atoi(parent + 6);
  process->uid = (uint32_t)strtoul(uid + 5, NULL, 10);
  process->threads = threads == NULL ? 1 : atol(threads + 9);
  return true;
}

static void each_process(void (*visit)(const struct process *, void *), void *context) {
  DIR *folder = opendir("/proc");
  if (folder == NULL) return;
  struct process process;
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
    if (isdigit((unsigned char)entry->d_name[0]) && read_process(dirfd(folder), entry->d_name, &process))
      visit(&process, context);
  closedir(folder);
}

struct count {
  uint32_t uid;
  uint64_t tasks;
};
static void add_tasks(const struct process *process, void *context) {
  struct count *count = context;
  if (process->uid == count->uid) count->tasks += (uint64_t)process->threads;
}

// Threads of a user, as RLIMIT_NPROC counts them.
uint64_t tasks_of_user(uint32_t uid) {
  struct count count = {uid, 0};
  each_process(add_tasks, &count);
  return count.tasks;
}

struct search {
  uint32_t uid;
  int found;
};

static bool is_service(pid_t pid) {
  for (size_t i = 0; i < MAX_SERVICES; i++)
    if (box.services[i].pid == pid) return true;
  return false;
}

// Whose child a process is in the end: this supervisor's, that of who started it (then it is a sibling of ours at work), or
// nobody's any more.
static enum { OURS, SIBLINGS, NOBODYS } family_of(pid_t parent) {
  for (int generation = 0; generation < 64 && parent > 0; generation++) {
    if (parent == getpid()) return OURS;
    if (parent == box.starter) return SIBLINGS;
    parent = parent_of(parent);
  }
  return NOBODYS;
}

// A process of the programs' user that was left behind: a descendant of ours that is no service, or, where the user is
// ours alone, an orphan.
static void end_stray(const struct process *process, void *context) {
  struct search *search = context;
  if (process->uid != search->uid || process->pid == getpid() || process->pid == box.starter || process->state == 'Z')
    return;
  if (is_service(process->pid)) return;
  int family = family_of(process->parent);
  if (family == SIBLINGS || (family == NOBODYS && !box.dedicated && box.run_uid == 0)) return;
  search->found += 1;
  kill(process->pid, SIGKILL);
}

struct group {
  pid_t session;
  int alive, ready;
};
static void count_members(const struct process *process, void *context) {
  struct group *group = context;
  if (process->state == 'Z' || getsid(process->pid) != group->session) return;
  group->alive += 1;
  group->ready += process->state == 'R' || process->state == 'D';
}

bool session_works(pid_t session) {
  struct group group = {.session = session};
  each_process(count_members, &group);
  return group.ready > 0;
}

// Ends what a finished process has left in its session, as a compiler does that was stopped, and waits until it is gone.
void end_session(pid_t session) {
  for (int attempt = 0; attempt < 200; attempt++) {
    if (kill(-session, SIGKILL) != 0 && errno == ESRCH) return;
    struct group group = {.session = session};
    while (waitpid(-session, NULL, WNOHANG | __WALL) > 0) continue;
    each_process(count_members, &group);
    if (group.alive == 0) return;
    usleep(2000);
  }
}

static bool sweep_processes(void) {
  struct search search = {program_uid(), 0};
  // In a namespace of our own, everything is a descendant of ours.
  for (int round = 0; round < 20; round++) {
    int before = search.found;
    each_process(end_stray, &search);
    if (search.found == before) break;
    usleep(1000);
    while (waitpid(-1, NULL, WNOHANG | __WALL) > 0) continue;
  }
  return search.found > 0;
}

// ---- ourselves -----------------------------------------------------------------------------------------------------

static bool has_pending(const char *status, const char *field) {
  const char *at = strstr(status, field);
  return at != NULL && strtoull(at + strlen(field), NULL, 16) != 0;
}

// Whether somebody has ended or stopped a service, or is about to. What a signal was sent to is neither dead nor still until
// it gets a processor again: first the signal waits for it, then it runs. An idle one has no signal waiting, and sleeps.
static bool was_signalled(pid_t pid) {
  static char status[64 * 1024]; // the groups of its user come before its signals, and may be many
  const uint64_t deadline = now_ns() + SETTLED_WALL_NS;
  for (;;) {
    read_proc(pid, "status", status, sizeof status);
    if (has_pending(status, "\nSigPnd:") || has_pending(status, "\nShdPnd:")) return true;
    // Only now: what is asleep after no signal waited for it has not had one.
    char text[1024];
    read_proc(pid, "stat", text, sizeof text);
    const char *end = strrchr(text, ')');
    if (end == NULL || strchr("TtZX", end[2]) != NULL) return true;
    if (end[2] == 'S') return false;
    if (now_ns() > deadline) return true;
    usleep(200);
  }
}

static bool services_changed(void) {
  for (size_t i = 0; i < MAX_SERVICES; i++) {
    struct service *service = &box.services[i];
    if (service->pid == 0) continue;
    if (was_signalled(service->pid)) return true;
    char text[sizeof service->at_start.limits];
    read_proc(service->pid, "limits", text, sizeof text);
    struct rank rank;
    read_rank(service->pid, &rank);
    if (memcmp(&rank, &service->at_start.rank, sizeof rank) != 0 || strcmp(text, service->at_start.limits) != 0) return true;
  }
  return false;
}

static bool traits_changed(void) {
  for (int i = 0; i < 2; i++) {
    if (watched[i].pid == 0) continue;
    struct traits now;
    read_traits(watched[i].pid, &now);
    if (memcmp(&now, &watched[i].traits, sizeof now) != 0) return true;
  }
  return false;
}

static bool folder_changed(void) {
  struct stat by_name, by_fd;
  if (fstatat(box.work_parent_fd, box.work_name, &by_name, AT_SYMLINK_NOFOLLOW) != 0) return true;
  if (fstat(box.work_fd, &by_fd) != 0) return true;
  return by_name.st_ino != by_fd.st_ino || by_name.st_dev != by_fd.st_dev || (by_fd.st_mode & 07777) != 0711;
}

// A program may change its own file, which is that of its next run: the mode, the times, what else is noted with a file.
static bool artifacts_changed(void) {
  bool changed = false;
  for (int i = 0; i < MAX_ARTIFACTS; i++) {
    struct stat info;
    const struct timespec *made = &box.artifacts_changed[i];
    if (box.artifacts[i] < 0 || fstat(box.artifacts[i], &info) != 0) continue;
    changed |= info.st_ctim.tv_sec != made->tv_sec || info.st_ctim.tv_nsec != made->tv_nsec;
  }
  return changed;
}

bool inspect_environment(char *found, size_t size, bool thorough) {
  const char *what = NULL;
  if (sweep_public_folders()) what = "left files behind";
  if (folder_changed()) what = "changed the executor's folder";
  if (empty_folder(box.work_fd) > 0) what = "left files behind";
  if (empty_folder(box.empty_fd) > 0) what = "left files in its folder";
  if (sweep_ipc()) what = "left shared memory, semaphores or queues behind";
  if (sweep_keys()) what = "left keys behind";
  if (artifacts_changed()) what = "changed its own program";
  if (traits_changed()) what = "changed limits or priority of the executor";
  if (services_changed()) what = "harmed the executor's processes";
  if (thorough && sweep_processes()) what = "left processes behind";
  if (what == NULL) return false;
  snprintf(found, size, "%s", what);
  return true;
}

// Folders of supervisors that were killed and could not remove theirs.
static void sweep_old_work_folders(void) {
  int copy = openat(box.work_parent_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *folder = copy < 0 ? NULL : fdopendir(copy);
  if (folder == NULL) return;
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    struct stat info;
    if (strncmp(entry->d_name, "alpaco-box-", 11) != 0) continue;
    pid_t owner = (pid_t)atoi(entry->d_name + 11);
    bool is_ours = fstatat(box.work_parent_fd, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 && info.st_uid == geteuid();
    if (is_ours && owner > 0 && kill(owner, 0) != 0 && errno == ESRCH) remove_tree(box.work_parent_fd, entry->d_name);
  }
  closedir(folder);
}

// Empties a folder of what the programs' user has in it, and remembers it, if anybody may write there.
static void watch_folder(int parent, const char *name, bool deeper) {
  struct stat info;
  int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  bool watched = fd >= 0 && public_count < PUBLIC && fstat(fd, &info) == 0 &&
                 ((info.st_mode & S_IWOTH) != 0 || info.st_uid == program_uid());
  if (!watched) {
    if (fd >= 0) close(fd);
    return;
  }
  if (may_sweep()) sweep_folder(fd);
  fstat(fd, &public[public_count].was);
  public[public_count++].fd = fd;
  int copy = deeper ? openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  DIR *folder = copy < 0 ? NULL : fdopendir(copy);
  for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;)
    if (!is_dots(entry->d_name) && !is_work_folder(entry->d_name)) watch_folder(fd, entry->d_name, false);
  if (folder != NULL) closedir(folder);
}

// Notes what everything looks like before any program has run, once what an earlier environment may have left is gone: one
// that was killed could not clean up any more.
void remember_environment(void) {
  sweep_processes();
  sweep_ipc();
  sweep_old_work_folders();
  for (size_t i = 0; i < sizeof public_folders / sizeof *public_folders; i++) watch_folder(AT_FDCWD, public_folders[i], true);
  watched[0].pid = getpid();
  watched[1].pid = box.starter;
  for (int i = 0; i < 2; i++)
    if (watched[i].pid != 0) read_traits(watched[i].pid, &watched[i].traits);
  count_ipc(&shared_memory, &semaphores, &queues);
  long persistent = syscall(SYS_keyctl, KEYCTL_GET_PERSISTENT_RING, -1, PROCESS_RING);
  key_rings[RINGS - 1] = persistent > 0 ? persistent : 0;
  for (size_t i = 0; i < RINGS; i++) keys[i] = count_keys(key_rings[i]);
}
