// Binding a process: limits of the kernel first, which exist everywhere, then what the machine has beyond them.
#include "confine.h"

#include <errno.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CHECKER_FILES 64
#define TOOL_FILES 256

static int limit(pid_t pid, int resource, uint64_t value) {
  struct rlimit64 wanted = {value, value};
  // By the system call: the C library's wrapper for another process needs a second one.
  return syscall(SYS_prlimit64, pid, resource, &wanted, NULL) == 0 ? 0 : errno;
}

// A limit that is already lower stays: raising is refused, and a tighter bound is no fault.
static int lower(pid_t pid, int resource, uint64_t value) {
  struct rlimit64 now;
  if (syscall(SYS_prlimit64, pid, resource, NULL, &now) != 0) return errno;
  return limit(pid, resource, value > now.rlim_max ? now.rlim_max : value);
}

int confine_early(const struct confinement *limits) {
  int failure = 0;
  // Whole seconds: a net below the supervisor's own watch, which is exact.
  uint64_t seconds = limits->cpu_ms / 1000 + 2;
  failure |= lower(0, RLIMIT_CPU, seconds);
  if (limits->address_space != 0) failure |= lower(0, RLIMIT_AS, limits->address_space);
  failure |= lower(0, RLIMIT_FSIZE, limits->output);
  failure |= lower(0, RLIMIT_STACK, limits->stack);
  failure |= lower(0, RLIMIT_CORE, 0);
  failure |= lower(0, RLIMIT_MEMLOCK, 0);
  failure |= lower(0, RLIMIT_MSGQUEUE, 0);
  failure |= lower(0, RLIMIT_NICE, 0);
  failure |= lower(0, RLIMIT_RTPRIO, 0);
  failure |= lower(0, RLIMIT_SIGPENDING, 128);
  if (failure != 0) return EPERM;
  if (limits->uid != 0) {
    if (setgroups(0, NULL) != 0 || setresgid(limits->uid, limits->uid, limits->uid) != 0 ||
        setresuid(limits->uid, limits->uid, limits->uid) != 0)
      return errno;
  }
  // Keys go into a ring of its own, which ends with it.
  syscall(SYS_keyctl, 1 /* KEYCTL_JOIN_SESSION_KEYRING */, NULL);
  if (limits->use_prctl) prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  if (limits->use_seccomp) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return errno;
    return install_filter(limits->profile == PROFILE_TOOL);
  }
  return 0;
}

int confine_late(const struct confinement *limits) {
  int failure = 0;
  switch (limits->profile) {
  case PROFILE_PROGRAM:
    failure |= lower(0, RLIMIT_NOFILE, 0);
    failure |= lower(0, RLIMIT_NPROC, 0);
    break;
  case PROFILE_FOLDER:
    failure |= lower(0, RLIMIT_NOFILE, CHECKER_FILES);
    if (!limits->has_interpreter) failure |= lower(0, RLIMIT_NPROC, 0);
    break;
  case PROFILE_TOOL:
    failure |= lower(0, RLIMIT_NOFILE, TOOL_FILES);
    break;
  case PROFILE_RUNTIME: // by confine_other, after its start
    break;
  }
  return failure;
}

int confine_other(pid_t pid, const struct confinement *limits, uint64_t tasks_now) {
  if (limits->profile == PROFILE_RUNTIME) {
    int failure = limit(pid, RLIMIT_NOFILE, 0);
    if (failure != 0) return failure;
  }
  return lower(pid, RLIMIT_NPROC, limits->threads == 0 ? 0 : tasks_now + limits->threads);
}

// ---- the system-call filter ----------------------------------------------------------------------------------------

#if defined(__x86_64__)
#define OUR_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_ARCH AUDIT_ARCH_AARCH64
#else
#error "no system-call filter for this processor"
#endif

// Refused to every program of the sandbox. A socket pair is none of it: it reaches nobody, and Java's files begin with one.
static const int denied[] = {
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_pidfd_open, SYS_pidfd_send_signal, SYS_pidfd_getfd,
    SYS_kcmp, SYS_process_madvise, SYS_migrate_pages, SYS_move_pages,
    SYS_socket, SYS_bind, SYS_connect, SYS_listen, SYS_accept, SYS_accept4,
    SYS_shmget, SYS_shmat, SYS_shmctl, SYS_msgget, SYS_msgsnd, SYS_msgrcv, SYS_msgctl, SYS_semget, SYS_semop,
    SYS_semtimedop, SYS_semctl, SYS_mq_open, SYS_mq_unlink,
    SYS_add_key, SYS_request_key, SYS_keyctl,
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_unshare, SYS_setns, SYS_open_tree, SYS_move_mount,
    SYS_fsopen, SYS_fsmount, SYS_swapon, SYS_swapoff, SYS_reboot, SYS_sethostname, SYS_setdomainname,
    SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_kexec_load, SYS_bpf, SYS_perf_event_open,
    SYS_userfaultfd, SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register, SYS_fanotify_init,
    SYS_name_to_handle_at, SYS_open_by_handle_at, SYS_acct, SYS_quotactl, SYS_syslog, SYS_vhangup,
    SYS_ioprio_set, SYS_settimeofday, SYS_clock_settime, SYS_adjtimex, SYS_clock_adjtime, SYS_personality,
};

// Refused to all but compilers: what changes a folder, and what starts a process without a thread's flags.
static const int denied_to_programs[] = {
    SYS_mkdirat, SYS_linkat, SYS_symlinkat, SYS_unlinkat, SYS_renameat2, SYS_mknodat, SYS_fchmod, SYS_fchmodat,
    SYS_fchown, SYS_fchownat, SYS_truncate, SYS_utimensat, SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr,
    SYS_removexattr, SYS_lremovexattr, SYS_fremovexattr, SYS_sync, SYS_syncfs,
#ifdef SYS_renameat
    SYS_renameat,
#endif
#if defined(__x86_64__)
    SYS_mkdir, SYS_rmdir, SYS_link, SYS_symlink, SYS_unlink, SYS_rename, SYS_mknod, SYS_chmod, SYS_chown, SYS_lchown,
    SYS_utime, SYS_utimes, SYS_futimesat, SYS_creat, SYS_fork, SYS_vfork,
#endif
};

// A program may do these to itself only: the first argument is a process id, and 0 means the caller.
static const int only_to_itself[] = {
    SYS_kill, SYS_tgkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo, SYS_prlimit64, SYS_sched_setaffinity,
    SYS_sched_setparam, SYS_sched_setscheduler, SYS_sched_setattr, SYS_setpgid,
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define LOAD(field) ((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field)))
#define ARGUMENT(n) (offsetof(struct seccomp_data, args) + 8 * (n))
#define RETURN(value) ((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, (value)))
#define REFUSE(number) RETURN(SECCOMP_RET_ERRNO | (number))
#define IF_EQUAL(value, yes, no) ((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), (yes), (no)))

int install_filter(int is_tool) {
  struct sock_filter code[512];
  size_t length = 0;
  const uint32_t self = (uint32_t)getpid();
#define ADD(instruction) code[length++] = (instruction)
  ADD(LOAD(arch));
  ADD(IF_EQUAL(OUR_ARCH, 1, 0));
  ADD(RETURN(SECCOMP_RET_KILL_PROCESS));
  ADD(LOAD(nr));
#if defined(__x86_64__)
  // The x32 numbers would go around every rule below.
  ADD(((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1)));
  ADD(REFUSE(ENOSYS));
#endif
  for (size_t i = 0; i < COUNT(denied); i++) {
    ADD(IF_EQUAL((uint32_t)denied[i], 0, 1));
    ADD(REFUSE(EPERM));
  }
  if (!is_tool) {
    for (size_t i = 0; i < COUNT(denied_to_programs); i++) {
      ADD(IF_EQUAL((uint32_t)denied_to_programs[i], 0, 1));
      ADD(REFUSE(EPERM));
    }
    // The flags of clone3 are in memory, where a filter cannot look: the C library falls back to clone.
    ADD(IF_EQUAL(SYS_clone3, 0, 1));
    ADD(REFUSE(ENOSYS));
    ADD(IF_EQUAL(SYS_clone, 0, 4));
    ADD(((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARGUMENT(0))));
    ADD(((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x00010000 /* CLONE_THREAD */, 1, 0)));
    ADD(REFUSE(EPERM));
    ADD(RETURN(SECCOMP_RET_ALLOW));
    for (size_t i = 0; i < COUNT(only_to_itself); i++) {
      ADD(IF_EQUAL((uint32_t)only_to_itself[i], 0, 5));
      ADD(((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARGUMENT(0))));
      ADD(IF_EQUAL(self, 2, 0));
      // kill(0, …) is the process's own group; only the supervisor's session is another.
      ADD(IF_EQUAL(0, 1, 0));
      ADD(REFUSE(EPERM));
      ADD(RETURN(SECCOMP_RET_ALLOW));
    }
    // Threads have ids of their own; a thread's is never another process's main one unless it is guessed: tkill is old.
    ADD(IF_EQUAL(SYS_tkill, 0, 4));
    ADD(((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARGUMENT(0))));
    ADD(IF_EQUAL(self, 1, 0));
    ADD(REFUSE(EPERM));
    ADD(RETURN(SECCOMP_RET_ALLOW));
    // setpriority(which, who): of this process only, not of a group's or a user's.
    ADD(IF_EQUAL(SYS_setpriority, 0, 7));
    ADD(((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARGUMENT(0))));
    ADD(IF_EQUAL(0 /* PRIO_PROCESS */, 0, 3));
    ADD(((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARGUMENT(1))));
    ADD(IF_EQUAL(self, 2, 0));
    ADD(IF_EQUAL(0, 1, 0));
    ADD(REFUSE(EPERM));
    ADD(RETURN(SECCOMP_RET_ALLOW));
  }
  ADD(RETURN(SECCOMP_RET_ALLOW));
#undef ADD
  struct sock_fprog program = {(unsigned short)length, code};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0 ? 0 : errno;
}
