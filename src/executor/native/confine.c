// Binding a process: limits of the kernel first, which exist everywhere, then what the machine has beyond them.
#include "confine.h"

#include <errno.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
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
    SYS_fsconfig, SYS_fspick, SYS_mount_setattr, SYS_quotactl_fd, SYS_memfd_secret, SYS_process_mrelease,
    SYS_io_setup, SYS_io_destroy, SYS_io_submit, SYS_io_cancel, SYS_io_getevents,
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
#define ARGUMENT(n) (offsetof(struct seccomp_data, args) + 8 * (n))
#define STATEMENT(code, value) ((struct sock_filter)BPF_STMT((code), (uint32_t)(value)))
#define JUMP(test, value, yes, no) ((struct sock_filter)BPF_JUMP(BPF_JMP | (test) | BPF_K, (uint32_t)(value), (yes), (no)))
#define LOAD(offset) STATEMENT(BPF_LD | BPF_W | BPF_ABS, offset)
#define RETURN(value) STATEMENT(BPF_RET | BPF_K, value)
#define REFUSE(number) RETURN(SECCOMP_RET_ERRNO | (number))
// What a newer kernel has is refused until somebody has looked at it here. x32 is above it as well.
#define FIRST_UNKNOWN_CALL 451

enum rule { ALLOWED, REFUSED, ABSENT, PRIVATE_ONLY, THREADS_ONLY, SELF_ONLY, SELF_THREAD_ONLY, SELF_PRIORITY_ONLY };

// System calls from this number to the next one's.
struct range {
  uint32_t from;
  enum rule rule;
};

struct program {
  struct sock_filter code[512];
  size_t length;
  uint32_t self;
};

static void add(struct program *program, struct sock_filter instruction) {
  if (program->length == COUNT(program->code)) abort(); // the lists have outgrown it
  program->code[program->length++] = instruction;
}

static void add_rule(struct program *program, enum rule rule) {
  switch (rule) {
  case ALLOWED:
    return add(program, RETURN(SECCOMP_RET_ALLOW));
  case REFUSED:
    return add(program, REFUSE(EPERM));
  case ABSENT:
    return add(program, REFUSE(ENOSYS));
  case PRIVATE_ONLY: // mmap(…, flags, …): what is shared and in no file can be kept without being counted
    add(program, LOAD(ARGUMENT(3)));
    add(program, JUMP(BPF_JSET, MAP_ANONYMOUS, 0, 2));
    add(program, JUMP(BPF_JSET, MAP_SHARED, 0, 1));
    break;
  case THREADS_ONLY: // clone(flags, …)
    add(program, LOAD(ARGUMENT(0)));
    add(program, JUMP(BPF_JSET, 0x00010000 /* CLONE_THREAD */, 1, 0));
    break;
  case SELF_ONLY: // call(process, …): 0 is the caller, or its group, which is its own
    add(program, LOAD(ARGUMENT(0)));
    add(program, JUMP(BPF_JEQ, program->self, 2, 0));
    add(program, JUMP(BPF_JEQ, 0, 1, 0));
    break;
  case SELF_THREAD_ONLY: // call(thread, …)
    add(program, LOAD(ARGUMENT(0)));
    add(program, JUMP(BPF_JEQ, program->self, 1, 0));
    break;
  case SELF_PRIORITY_ONLY: // call(which, who): of this process, not of a group or a user
    add(program, LOAD(ARGUMENT(0)));
    add(program, JUMP(BPF_JEQ, PRIO_PROCESS, 0, 3));
    add(program, LOAD(ARGUMENT(1)));
    add(program, JUMP(BPF_JEQ, program->self, 2, 0));
    add(program, JUMP(BPF_JEQ, 0, 1, 0));
    break;
  }
  add(program, REFUSE(EPERM));
  add(program, RETURN(SECCOMP_RET_ALLOW));
}

// A binary search: the kernel runs a new filter once for every number there is, so that its length on the way counts.
static void add_search(struct program *program, const struct range *ranges, size_t count) {
  if (count == 1) return add_rule(program, ranges->rule);
  size_t half = count / 2, test = program->length++;
  add_search(program, ranges, half);
  size_t distance = program->length - test - 1;
  if (distance > UINT8_MAX) abort(); // the lists have outgrown one jump
  program->code[test] = JUMP(BPF_JGE, ranges[half].from, (uint8_t)distance, 0);
  add_search(program, ranges + half, count - half);
}

static int by_number(const void *a, const void *b) {
  const struct range *left = a, *right = b;
  return left->from < right->from ? -1 : left->from > right->from;
}

// The calls of a list, each as a range that has no end yet.
static size_t list_calls(struct range *calls, const int *numbers, size_t count, enum rule rule) {
  for (size_t i = 0; i < count; i++) calls[i] = (struct range){(uint32_t)numbers[i], rule};
  return count;
}

static struct ranges {
  struct range list[256];
  size_t count;
} for_programs, for_tools;

static void list_ranges(struct ranges *ranges, bool is_tool) {
  struct range calls[256];
  size_t count = list_calls(calls, denied, COUNT(denied), REFUSED);
  if (!is_tool) {
    count += list_calls(calls + count, denied_to_programs, COUNT(denied_to_programs), REFUSED);
    count += list_calls(calls + count, only_to_itself, COUNT(only_to_itself), SELF_ONLY);
    // The flags of clone3 are in memory, where a filter cannot look: the C library falls back to clone.
    calls[count++] = (struct range){SYS_clone3, ABSENT};
    calls[count++] = (struct range){SYS_clone, THREADS_ONLY};
    calls[count++] = (struct range){SYS_mmap, PRIVATE_ONLY};
    calls[count++] = (struct range){SYS_tkill, SELF_THREAD_ONLY};
    calls[count++] = (struct range){SYS_setpriority, SELF_PRIORITY_ONLY};
  }
  qsort(calls, count, sizeof *calls, by_number);
  struct range *next = ranges->list;
  *next++ = (struct range){0, ALLOWED};
  for (size_t i = 0; i < count; i++) {
    if (i > 0 && calls[i].from == calls[i - 1].from) abort(); // two rules for one call
    if (next[-1].from == calls[i].from) next--;
    if (next == ranges->list || next[-1].rule != calls[i].rule) *next++ = calls[i];
    *next++ = (struct range){calls[i].from + 1, ALLOWED};
  }
  *next++ = (struct range){FIRST_UNKNOWN_CALL, ABSENT};
  ranges->count = (size_t)(next - ranges->list);
}

// Before anything is forked: a warm interpreter's children find it done.
__attribute__((constructor)) static void list_all_ranges(void) {
  list_ranges(&for_programs, false);
  list_ranges(&for_tools, true);
}

int install_filter(bool is_tool) {
  const struct ranges *ranges = is_tool ? &for_tools : &for_programs;
  struct program program = {.self = (uint32_t)getpid()};
  add(&program, LOAD(offsetof(struct seccomp_data, arch)));
  add(&program, JUMP(BPF_JEQ, OUR_ARCH, 1, 0));
  add(&program, RETURN(SECCOMP_RET_KILL_PROCESS));
  add(&program, LOAD(offsetof(struct seccomp_data, nr)));
  add_search(&program, ranges->list, ranges->count);
  struct sock_fprog filter = {(unsigned short)program.length, program.code};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0 ? 0 : errno;
}
