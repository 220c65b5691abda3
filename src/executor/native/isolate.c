// Namespaces: processes, network, IPC and a file system of our own, where the kernel allows them. Tried in a child first,
// since half of it would be worse than none.
#include "box.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define SCRATCH_OPTIONS "size=512m,nr_inodes=65536,mode=0711"

static const char *const system_folders[] = {"/usr",   "/bin",  "/sbin", "/lib", "/lib32",
                                             "/lib64", "/etc/alternatives", "/etc/ld.so.cache",
                                             "/etc/java-17-openjdk"};
static const char *const devices[] = {"/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"};

static bool write_file(const char *path, const char *text) {
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return false;
  bool written = write(fd, text, strlen(text)) == (ssize_t)strlen(text);
  close(fd);
  return written;
}

static bool unshare_all(void) {
  const int spaces = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS;
  if (geteuid() == 0 && unshare(spaces) == 0) return true;
  char map[64];
  unsigned uid = geteuid(), gid = getegid();
  if (unshare(CLONE_NEWUSER | spaces) != 0) return false;
  // The files below belong to root while this program's own file may not be read. Nothing foreign runs yet.
  prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
  snprintf(map, sizeof map, "%u %u 1", uid, uid);
  bool mapped = write_file("/proc/self/uid_map", map) && write_file("/proc/self/setgroups", "deny");
  snprintf(map, sizeof map, "%u %u 1", gid, gid);
  mapped = mapped && write_file("/proc/self/gid_map", map);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  return mapped;
}

// mkdir -p of `path` below `root`; the last part too when `whole`.
static void make_parents(const char *root, const char *path, bool whole) {
  char full[PATH_MAX];
  int length = snprintf(full, sizeof full, "%s%s", root, path);
  if (length < 0 || (size_t)length >= sizeof full) return;
  for (char *at = full + strlen(root) + 1; *at; at++) {
    if (*at != '/') continue;
    *at = 0;
    mkdir(full, 0755);
    *at = '/';
  }
  if (whole) mkdir(full, 0755);
}

static bool bind_read_only(const char *root, const char *path) {
  struct stat info;
  if (lstat(path, &info) != 0) return true; // not on this machine
  char target[PATH_MAX];
  snprintf(target, sizeof target, "%s%s", root, path);
  if (S_ISLNK(info.st_mode)) {
    char link[PATH_MAX];
    ssize_t length = readlink(path, link, sizeof link - 1);
    if (length < 0) return false;
    link[length] = 0;
    make_parents(root, path, false);
    return symlink(link, target) == 0 || errno == EEXIST;
  }
  make_parents(root, path, S_ISDIR(info.st_mode));
  if (!S_ISDIR(info.st_mode)) {
    int fd = open(target, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (fd >= 0) close(fd);
  }
  if (mount(path, target, NULL, MS_BIND, NULL) != 0) return false;
  // Flags that the mount already has may not be dropped in a user namespace.
  struct statvfs was;
  unsigned long flags = MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID;
  if (statvfs(target, &was) == 0) {
    if (was.f_flag & ST_NODEV) flags |= MS_NODEV;
    if (was.f_flag & ST_NOEXEC) flags |= MS_NOEXEC;
    if (was.f_flag & ST_NOATIME) flags |= MS_NOATIME;
    if (was.f_flag & ST_NODIRATIME) flags |= MS_NODIRATIME;
    if (was.f_flag & ST_RELATIME) flags |= MS_RELATIME;
  }
  return mount(NULL, target, NULL, flags, NULL) == 0;
}

static bool is_below(const char *path, const char *folder) {
  size_t length = strlen(folder);
  return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == 0);
}

// A root of our own in which there is nothing but the system's programs, what `binds` names, and an empty /tmp.
static bool private_root(char *const *binds, size_t count) {
  char root[600];
  snprintf(root, sizeof root, "%s/empty", box.home);
  if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) return false;
  if (mount("tmpfs", root, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755") != 0) return false;
  char target[PATH_MAX];
  // First, because what is bound may lie below it.
  make_parents(root, "/tmp", true);
  snprintf(target, sizeof target, "%s/tmp", root);
  if (mount("tmpfs", target, "tmpfs", MS_NOSUID | MS_NODEV, SCRATCH_OPTIONS) != 0) return false;
  for (size_t i = 0; i < sizeof system_folders / sizeof *system_folders; i++)
    if (!bind_read_only(root, system_folders[i])) return false;
  for (size_t i = 0; i < count; i++) {
    bool known = is_below(binds[i], "/usr");
    for (size_t j = 0; j < i && !known; j++) known = is_below(binds[i], binds[j]);
    if (!known && !bind_read_only(root, binds[i])) return false;
  }
  for (size_t i = 0; i < sizeof devices / sizeof *devices; i++) {
    snprintf(target, sizeof target, "%s%s", root, devices[i]);
    make_parents(root, devices[i], false);
    int fd = open(target, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (fd >= 0) close(fd);
    if (mount(devices[i], target, NULL, MS_BIND, NULL) != 0) return false;
  }
  make_parents(root, "/proc", true);
  snprintf(target, sizeof target, "%s/proc", root);
  if (mount("proc", target, "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) != 0) return false;
  make_parents(root, "/old", true);
  snprintf(target, sizeof target, "%s/old", root);
  if (syscall(SYS_pivot_root, root, target) != 0 || chdir("/") != 0) return false;
  if (umount2("/old", MNT_DETACH) != 0 || rmdir("/old") != 0) return false;
  return mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL) == 0;
}

// In a child: whether all of it works here.
static bool works(char *const *binds, size_t count) {
  pid_t middle = fork();
  if (middle < 0) return false;
  if (middle == 0) {
    if (!unshare_all()) _exit(1);
    pid_t init = fork();
    if (init == 0) _exit(private_root(binds, count) ? 0 : 1);
    int status = 1;
    if (init < 0 || waitpid(init, &status, 0) != init) _exit(1);
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
  }
  int status = 1;
  return waitpid(middle, &status, 0) == middle && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static pid_t inner;
static void pass_on(int signal) { kill(inner, signal); }

// Returns true in the process that is the first of its own namespaces; the process that was called stays behind as its
// waiting parent and never returns. Returns false where the kernel refuses.
bool enter_namespaces(char *const *binds, size_t count) {
  if (!works(binds, count) || !unshare_all()) return false;
  inner = fork();
  if (inner < 0) _exit(99);
  if (inner > 0) {
    signal(SIGTERM, pass_on);
    signal(SIGINT, SIG_IGN);
    // Standard input is the inner process's: its end must be seen there.
    close(0);
    close(1);
    int status;
    while (waitpid(inner, &status, 0) < 0 && errno == EINTR) continue;
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 98);
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  if (!private_root(binds, count)) _exit(97);
  return true;
}
