// The supervisor of one environment: reads requests from standard input, runs one program at a time, answers on standard
// output. Small and static, so that what it starts is measured without it (a child's peak memory begins with its parent's).
//
// A request is a 32-bit little-endian length, that many bytes of `name=value` texts each ended by NUL, then its blobs. An
// answer is a length, as much JSON, then the blobs that it announces. Requests may be sent ahead, so that the next program
// starts without waiting for anybody to read how the last one ended. The end of standard input ends everything.
#include "box.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define REQUEST_BYTES (128 * 1024)
#define COMPILER_TEXT (16 * 1024)

struct box box;

uint64_t now_ns(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

bool is_abandoned(void) {
  struct pollfd in = {0, POLLRDHUP, 0};
  return poll(&in, 1, 0) == 1;
}

static void leave(void) {
  close_services();
  remove_tree(box.work_parent_fd, box.work_name);
  _exit(0);
}

static void read_exactly(void *into, size_t size) {
  for (size_t done = 0; done < size;) {
    ssize_t got = read(0, (char *)into + done, size - done);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) leave();
    done += (size_t)got;
  }
}

static void write_exactly(const void *from, size_t size) {
  for (size_t done = 0; done < size;) {
    ssize_t put = write(1, (const char *)from + done, size - done);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) leave();
    done += (size_t)put;
  }
}

// Takes `size` bytes of standard input, whatever happens to them. Returns 0 or the errno of writing them.
int receive_blob(int into, uint64_t size) {
  static char buffer[64 * 1024];
  int failure = into < 0 ? EBADF : 0;
  while (size > 0) {
    size_t part = size < sizeof buffer ? (size_t)size : sizeof buffer;
    read_exactly(buffer, part);
    for (size_t done = 0; done < part && failure == 0;) {
      ssize_t put = write(into, buffer + done, part - done);
      if (put <= 0) failure = put < 0 ? errno : EIO;
      else done += (size_t)put;
    }
    size -= part;
  }
  return failure;
}

static void send_part(int from, uint64_t at, uint64_t size) {
  loff_t offset = (loff_t)at;
  while (size > 0) {
    ssize_t put = sendfile(1, from, &offset, size);
    if (put < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (put <= 0) leave();
    size -= (uint64_t)put;
  }
}

// ---- requests --------------------------------------------------------------------------------------------------------

// One `name=value`. False when it is unknown or malformed: both sides are built together, so that is a bug.
static bool read_word(struct request *request, char *word) {
  char *value = strchr(word, '=');
  if (value == NULL) return false;
  *value++ = 0;
  struct { const char *name; const char **into; } texts[] = {
      {"op", &request->op}, {"exe", &request->exe}, {"via", &request->via}, {"keep", &request->keep}};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    if (strcmp(word, texts[i].name) == 0) return *texts[i].into = value, true;
  struct { const char *name; uint64_t *into; } numbers[] = {
      {"cpu", &request->limits.cpu_ms}, {"as", &request->limits.address_space}, {"stack", &request->limits.stack},
      {"output", &request->limits.output}, {"threads", &request->limits.threads}, {"wall", &request->wall_ms},
      {"memory", &request->memory}, {"allowance", &request->allowance}, {"send", &request->send}};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    if (strcmp(word, numbers[i].name) == 0) return *numbers[i].into = strtoull(value, NULL, 10), true;
  if (strcmp(word, "arg") == 0 && request->arg_count < MAX_WORDS) return request->args[request->arg_count++] = value, true;
  if (strcmp(word, "env") == 0 && request->env_count < MAX_WORDS) return request->env[request->env_count++] = value, true;
  if (strcmp(word, "collect") == 0 && request->collect_count < MAX_COLLECTED)
    return request->collect[request->collect_count++] = value, true;
  if (strcmp(word, "profile") == 0) return request->limits.profile = (uint32_t)atoi(value), true;
  if (strcmp(word, "artifact") == 0) request->artifact = atoi(value);
  else if (strcmp(word, "keep-as") == 0) request->keep_as = atoi(value);
  else if (strcmp(word, "handshake") == 0) request->handshake = true;
  else if (strcmp(word, "folder") == 0) request->folder = true;
  else if (strcmp(word, "error-head") == 0) request->error_head = true;
  else if (strcmp(word, "after-success") == 0) request->after_success = true;
  else if (strcmp(word, "blob") == 0 && request->blob_count < MAX_WORDS) {
    struct blob *blob = &request->blobs[request->blob_count++];
    char *size = strrchr(value, ':');
    if (size == NULL || (size_t)(size - value) >= sizeof blob->role) return false;
    *size = 0;
    snprintf(blob->role, sizeof blob->role, "%s", value);
    blob->size = strtoull(size + 1, NULL, 10);
  } else return false;
  return request->artifact < MAX_ARTIFACTS && request->keep_as < MAX_ARTIFACTS;
}

static bool read_request(struct request *request, char *text) {
  uint32_t length;
  read_exactly(&length, sizeof length);
  if (length == 0 || length >= REQUEST_BYTES) leave();
  read_exactly(text, length);
  text[length] = 0;
  memset(request, 0, sizeof *request);
  request->artifact = request->keep_as = -1;
  bool valid = true;
  for (char *at = text; at < text + length;) {
    size_t size = strlen(at) + 1;
    valid &= read_word(request, at);
    at += size;
  }
  request->args[request->arg_count] = NULL;
  request->env[request->env_count] = NULL;
  request->limits.has_interpreter = request->handshake;
  request->limits.use_prctl = box.has.prctl;
  request->limits.use_seccomp = box.has.seccomp;
  // A child of a warm interpreter already is that user.
  request->limits.uid = request->via != NULL && strcmp(request->op, "run") == 0 ? 0 : box.run_uid;
  if (request->artifact >= 0 && box.artifacts[request->artifact] < 0) valid = false;
  return valid && request->op != NULL;
}

// ---- answers ---------------------------------------------------------------------------------------------------------

struct text {
  char bytes[4096];
  size_t length;
};

static void add(struct text *text, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int size = vsnprintf(text->bytes + text->length, sizeof text->bytes - text->length, format, arguments);
  va_end(arguments);
  if (size > 0) text->length += (size_t)size;
  if (text->length >= sizeof text->bytes) text->length = sizeof text->bytes - 1;
}

// A JSON string; bytes that need more than that become a question mark, since these are our own words or a tool's.
static void add_string(struct text *text, const char *value) {
  add(text, "\"");
  for (; *value; value++) {
    unsigned char c = (unsigned char)*value;
    if (c == '"' || c == '\\') add(text, "\\%c", c);
    else if (c == '\n') add(text, "\\n");
    else add(text, "%c", c >= 0x20 && c < 0x7f ? c : '?');
  }
  add(text, "\"");
}

static void send_text(const struct text *text) {
  uint32_t length = (uint32_t)text->length;
  write_exactly(&length, sizeof length);
  write_exactly(text->bytes, text->length);
}

static void answer_fault(const char *what) {
  struct text text = {.length = 0};
  add(&text, "{\"fault\":");
  add_string(&text, what);
  add(&text, "}");
  send_text(&text);
}

static void answer_run(const struct request *request, struct outcome *outcome) {
  struct text text = {.length = 0};
  if (outcome->fault[0] != 0) {
    answer_fault(outcome->fault);
  } else {
    char found[200] = "";
    // Where a program cannot have started anything, its processes need no search.
    bool thorough = request->limits.profile != PROFILE_PROGRAM || outcome->signal == SIGKILL;
    bool dirty = inspect_environment(found, sizeof found, thorough);
    box.harmed |= dirty;
    box.failed = dirty || strcmp(outcome->name, "exited") != 0 || outcome->exit_code != 0;
    uint64_t out = outcome->out_bytes < request->send ? outcome->out_bytes : request->send;
    uint64_t most = request->error_head ? COMPILER_TEXT : STDERR_TAIL;
    uint64_t err = outcome->err_bytes < most ? outcome->err_bytes : most;
    uint64_t err_at = request->error_head ? 0 : outcome->err_bytes - err;
    add(&text, "{\"outcome\":\"%s\",\"exitCode\":%d,\"signal\":%d,\"cpuNs\":%llu,\"wallNs\":%llu,\"peakBytes\":%llu,",
        outcome->name, outcome->exit_code, outcome->signal, (unsigned long long)outcome->cpu_ns,
        (unsigned long long)outcome->wall_ns, (unsigned long long)outcome->peak_bytes);
    add(&text, "\"violation\":");
    add_string(&text, dirty ? found : "");
    add(&text, ",\"stdoutBytes\":%llu,\"stderrBytes\":%llu,\"collected\":[", (unsigned long long)out,
        (unsigned long long)err);
    uint64_t sizes[MAX_COLLECTED] = {0};
    for (size_t i = 0; i < request->collect_count; i++) {
      struct stat info;
      if (outcome->collected_fd[i] >= 0 && fstat(outcome->collected_fd[i], &info) == 0)
        sizes[i] = info.st_size < COLLECTED_BYTES ? (uint64_t)info.st_size : COLLECTED_BYTES;
      add(&text, "%s%llu", i == 0 ? "" : ",", (unsigned long long)sizes[i]);
    }
    add(&text, "]}");
    send_text(&text);
    if (out > 0) send_part(outcome->out_fd, 0, out);
    if (err > 0) send_part(outcome->err_fd, err_at, err);
    for (size_t i = 0; i < request->collect_count; i++)
      if (sizes[i] > 0) send_part(outcome->collected_fd[i], 0, sizes[i]);
  }
  if (outcome->out_fd >= 0) close(outcome->out_fd);
  if (outcome->err_fd >= 0) close(outcome->err_fd);
  for (int i = 0; i < MAX_COLLECTED; i++)
    if (outcome->collected_fd[i] >= 0) close(outcome->collected_fd[i]);
}

static void answer_service(const struct request *request) {
  char message[2048] = "";
  struct text text = {.length = 0};
  bool opened = open_service(request, message, sizeof message);
  if (!opened) {
    answer_fault(message[0] == 0 ? "the service did not start" : message);
    return;
  }
  add(&text, "{}");
  send_text(&text);
}

static void refuse(const struct request *request, const char *why) {
  for (size_t i = 0; i < request->blob_count; i++) receive_blob(-1, request->blobs[i].size);
  answer_fault(why);
}

static void answer(const struct request *request) {
  struct outcome outcome;
  if (box.harmed || (box.failed && request->after_success)) {
    refuse(request, box.harmed ? "harmed" : "skipped");
  } else if (strcmp(request->op, "run") == 0) {
    launch(request, &outcome);
    answer_run(request, &outcome);
  } else if (strcmp(request->op, "ask") == 0) {
    ask_service(request, &outcome);
    answer_run(request, &outcome);
  } else if (strcmp(request->op, "open") == 0) {
    answer_service(request);
  } else if (strcmp(request->op, "close") == 0) {
    close_service(request->via);
    struct text text = {.length = 0};
    add(&text, "{}");
    send_text(&text);
  } else {
    refuse(request, "unknown operation");
  }
}

// ---- start -----------------------------------------------------------------------------------------------------------

static void say_hello(void) {
  struct text text = {.length = 0};
  const struct protections *has = &box.has;
  const char *tier = !has->limits || !has->memory ? "none"
                     : !has->seccomp              ? "rlimits"
                     : !has->namespaces           ? "seccomp"
                                                  : "namespaces";
  add(&text, "{\"protocol\":1,\"tier\":\"%s\",\"uid\":%u,\"protections\":{", tier,
      box.run_uid != 0 ? box.run_uid : (unsigned)geteuid());
  char toolchain[3072] = "null", path[600];
  snprintf(path, sizeof path, "%s/toolchain.json", box.home);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t length = fd < 0 ? 0 : read(fd, toolchain, sizeof toolchain - 1);
  if (length > 0) toolchain[length] = 0;
  if (fd >= 0) close(fd);
  add(&text, "\"limits\":%s,\"memory\":%s,\"prctl\":%s,\"seccomp\":%s,\"uid\":%s,\"namespaces\":%s},\"toolchain\":%s}",
      has->limits ? "true" : "false", has->memory ? "true" : "false", has->prctl ? "true" : "false",
      has->seccomp ? "true" : "false", has->uid ? "true" : "false", has->namespaces ? "true" : "false", toolchain);
  send_text(&text);
}

static void die(const char *what) {
  fprintf(stderr, "box: %s: %s\n", what, strerror(errno));
  exit(1);
}

static void open_work_folder(const char *parent) {
  box.work_parent_fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (box.work_parent_fd < 0) die(parent);
  for (unsigned attempt = 0; box.work_fd <= 0 && attempt < 100; attempt++) {
    snprintf(box.work_name, sizeof box.work_name, "alpaco-box-%d-%u", getpid(), (unsigned)(now_ns() >> 10) + attempt);
    if (mkdirat(box.work_parent_fd, box.work_name, 0700) != 0) continue;
    box.work_fd = openat(box.work_parent_fd, box.work_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  }
  if (box.work_fd <= 0 || fchmod(box.work_fd, 0711) != 0) die("work folder");
  char empty[600];
  snprintf(empty, sizeof empty, "%s/empty", box.home);
  box.empty_fd = open(empty, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (box.empty_fd < 0) die(empty);
}

// box HOME [--max-tier rlimits|seccomp] [--uid N] [--dedicated] [--work FOLDER] [--bind PATH]...
int main(int argc, char **argv) {
  static char request_text[REQUEST_BYTES];
  static struct request request;
  char *binds[MAX_WORDS];
  size_t bind_count = 0;
  const char *work = "/tmp";
  uint32_t uid = 0;
  box.seccomp_wanted = box.namespaces_wanted = true;
  if (argc < 2) {
    fprintf(stderr, "usage: box HOME [--max-tier rlimits|seccomp] [--uid N] [--dedicated] [--work FOLDER] [--bind PATH]...\n");
    return 2;
  }
  snprintf(box.home, sizeof box.home, "%s", argv[1]);
  binds[bind_count++] = box.home;
  for (int i = 2; i < argc; i++) {
    bool more = i + 1 < argc;
    if (strcmp(argv[i], "--dedicated") == 0) box.dedicated = true;
    else if (strcmp(argv[i], "--max-tier") == 0 && more) {
      box.namespaces_wanted = false;
      box.seccomp_wanted = strcmp(argv[++i], "seccomp") == 0;
    } else if (strcmp(argv[i], "--uid") == 0 && more) uid = (uint32_t)strtoul(argv[++i], NULL, 10);
    else if (strcmp(argv[i], "--work") == 0 && more) work = argv[++i];
    else if (strcmp(argv[i], "--bind") == 0 && more && bind_count < MAX_WORDS) binds[bind_count++] = argv[++i];
    else {
      fprintf(stderr, "box: unknown option %s\n", argv[i]);
      return 2;
    }
  }
  signal(SIGPIPE, SIG_IGN);
  box.starter = getppid();
  umask(022);
  clearenv();
  for (int fd = 3; fd < 256; fd++) close(fd);
  for (int i = 0; i < MAX_ARTIFACTS; i++) box.artifacts[i] = -1;
  if (geteuid() == 0) box.run_uid = uid;
  if (geteuid() == 0 && uid == 0) {
    fprintf(stderr, "box: as root, programs need a user of their own: --uid N\n");
    return 2;
  }
  if (box.namespaces_wanted && enter_namespaces(binds, bind_count)) {
    box.has.namespaces = true;
    box.starter = 0; // is nobody here
    box.dedicated = true;
    for (size_t i = 0; i < bind_count; i++) box.dedicated &= strncmp(binds[i], "/tmp/", 5) != 0;
    work = "/tmp";
  }
  umask(077);
  // What is ours must not be read or traced by programs that run as the same user.
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  open_work_folder(work);
  probe_protections();
  remember_environment();
  say_hello();
  for (;;) {
    if (read_request(&request, request_text)) answer(&request);
    else refuse(&request, "bad request");
  }
}
