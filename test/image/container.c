// As much of a container runtime as the image needs to be tried without one: namespaces of its own, a read-only root with
// a /tmp in memory, an ordinary user, Lambda's limits, and if wanted a kernel that refuses some of what ours can do.
//
//   container ROOT UID plain|lambda|docker PROGRAM ARGUMENT...
//
// `lambda`: the kernel refuses what a Lambda guest's refuses. `docker`: it refuses what Docker's own filter refuses, and the
// program is the container's first process, as without `--init`.
//
// Needs root. Its environment and standard streams are the program's. Killing it ends everything in it.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define LANDLOCK_CREATE_RULESET 444

static void check(int result, const char *what) {
  if (result >= 0) return;
  fprintf(stderr, "container: %s: %s\n", what, strerror(errno));
  _exit(125);
}

static void mount_devices(const char *root) {
  static const char *const names[] = {"null", "zero", "full", "random", "urandom"};
  char path[4096], source[64];
  snprintf(path, sizeof path, "%s/dev", root);
  check(mount("tmpfs", path, "tmpfs", MS_NOSUID, "size=64k,mode=0755"), "/dev");
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    snprintf(path, sizeof path, "%s/dev/%s", root, names[i]);
    snprintf(source, sizeof source, "/dev/%s", names[i]);
    check(close(open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0644)), source);
    check(mount(source, path, NULL, MS_BIND, NULL), source);
  }
  snprintf(path, sizeof path, "%s/dev/fd", root);
  check(symlink("/proc/self/fd", path), "/dev/fd");
}

static void enter_root(const char *root) {
  char path[4096];
  check(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), "private mounts");
  check(mount(root, root, NULL, MS_BIND, NULL), root);
  mount_devices(root);
  snprintf(path, sizeof path, "%s/proc", root);
  check(mount("proc", path, "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL), "/proc");
  snprintf(path, sizeof path, "%s/tmp", root);
  check(mount("tmpfs", path, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=512m,mode=1777"), "/tmp");
  check(mount(NULL, root, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID, NULL), "read-only root");
  check(chdir(root), root);
  check((int)syscall(SYS_pivot_root, ".", "."), "pivot_root");
  check(umount2(".", MNT_DETACH), "old root");
  check(chdir("/"), "/");
}

// Lambda's quotas of a function: descriptors, processes and threads together. Several containers of one machine share the
// count of processes only where they share the user.
static void set_limits(void) {
  const struct rlimit limit = {1024, 1024}, none = {0, 0};
  check(setrlimit(RLIMIT_NOFILE, &limit), "RLIMIT_NOFILE");
  check(setrlimit(RLIMIT_NPROC, &limit), "RLIMIT_NPROC");
  check(setrlimit(RLIMIT_CORE, &none), "RLIMIT_CORE");
}

#define END (-1)
// Every protection that takes the kernel's help.
static const int lambda_refuses[] = {SYS_prctl, SYS_seccomp, SYS_ptrace, SYS_unshare, SYS_setns, END};
// Of Docker's profile, what has to do with sandboxes.
static const int docker_refuses[] = {SYS_unshare, SYS_setns,   SYS_mount,       SYS_umount2, SYS_pivot_root, SYS_keyctl,
                                     SYS_add_key, SYS_request_key, SYS_bpf, SYS_userfaultfd, SYS_kcmp, END};

// Installed as root: it needs no no_new_privs, which the program shall find as it is elsewhere.
static void refuse(const int *refused) {
#define RULE(code, k, yes, no) ((struct sock_filter)BPF_JUMP(BPF_JMP | (code) | BPF_K, (k), (yes), (no)))
#define LOAD(field) ((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field)))
#define RETURN(value) ((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, (value)))
  struct sock_filter code[64];
  unsigned short length = 0;
  code[length++] = LOAD(nr);
  for (; *refused != END; refused++) {
    code[length++] = RULE(BPF_JEQ, (unsigned)*refused, 0, 1);
    code[length++] = RETURN(SECCOMP_RET_ERRNO | EPERM);
  }
  for (unsigned i = 0; i < 3; i++) {
    code[length++] = RULE(BPF_JEQ, LANDLOCK_CREATE_RULESET + i, 0, 1);
    code[length++] = RETURN(SECCOMP_RET_ERRNO | ENOSYS);
  }
  // The flags of clone3 are in memory; the C library falls back to clone.
  code[length++] = RULE(BPF_JEQ, SYS_clone3, 0, 1);
  code[length++] = RETURN(SECCOMP_RET_ERRNO | ENOSYS);
  code[length++] = RULE(BPF_JEQ, SYS_clone, 0, 3);
  code[length++] = LOAD(args[0]);
  code[length++] = RULE(BPF_JSET, CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET, 0, 1);
  code[length++] = RETURN(SECCOMP_RET_ERRNO | EPERM);
  code[length++] = RETURN(SECCOMP_RET_ALLOW);
  const struct sock_fprog program = {length, code};
  check((int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program), "seccomp");
}

// The first process of the container is not the program: it collects orphans, as an init does.
static int wait_for(pid_t program) {
  int status, result = 125;
  for (pid_t pid; (pid = wait(&status)) > 0 || errno == EINTR;)
    if (pid == program) {
      result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
      break;
    }
  return result;
}

int main(int argc, char **argv) {
  if (argc < 5) {
    fprintf(stderr, "usage: container ROOT UID plain|lambda|docker PROGRAM ARGUMENT...\n");
    return 2;
  }
  const char *root = argv[1];
  const uid_t uid = (uid_t)strtoul(argv[2], NULL, 10);
  const bool is_lambda = strcmp(argv[3], "lambda") == 0, is_docker = strcmp(argv[3], "docker") == 0;
  check(unshare(CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS), "unshare");
  const pid_t first = fork();
  check(first, "fork");
  if (first > 0) return wait_for(first);

  check(prctl(PR_SET_PDEATHSIG, SIGKILL), "death signal");
  enter_root(root);
  const pid_t program = is_docker ? 0 : fork();
  check(program, "fork");
  if (program > 0) {
    // What it still holds of the streams must not keep their other ends waiting.
    for (int fd = 0; fd < 2; fd++) close(fd);
    return wait_for(program);
  }
  set_limits();
  if (is_lambda) refuse(lambda_refuses);
  if (is_docker) refuse(docker_refuses);
  check(setgroups(0, NULL), "setgroups");
  check(setresgid(uid, uid, uid), "setresgid");
  check(setresuid(uid, uid, uid), "setresuid");
  // The change of user has cleared it.
  if (is_docker) check(prctl(PR_SET_PDEATHSIG, SIGKILL), "death signal");
  execv(argv[4], argv + 4);
  check(-1, argv[4]);
}
