// What the attack programs of a language share: how they try something and say how it went.
import { kinds, mark, places } from './names.ts'

const quoted = (texts: readonly string[]): string => texts.map((text) => JSON.stringify(text)).join(', ')

const nativePrelude = String.raw`#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#define UNUSED __attribute__((unused))
#define NOT_AS_ROOT do { if (geteuid() == 0) { dprintf(1, "BREACH: runs as root\n"); return 0; } } while (0)
/* Tries a call that fails with -1. */
#define ATTEMPT(word, what, call) do { errno = 0; said(word, what, (long)(call) != -1L); } while (0)
UNUSED static void said(const char *word, const char *what, int worked) {
  dprintf(1, "%s: %s (%s)\n", worked ? word : "held", what, worked ? "done" : strerror(errno));
}
UNUSED static void rest(int ms) {
  struct timespec time = {ms / 1000, ms % 1000 * 1000000L};
  nanosleep(&time, NULL);
}
UNUSED static void spin(void) { for (;;) __asm__ volatile(""); }
/* The process that started us, or the end of the attack when a namespace hides it. */
UNUSED static pid_t parent(void) {
  pid_t pid = getppid();
  if (pid == 0) { dprintf(1, "held: the parent is out of sight\n"); exit(0); }
  return pid;
}
`

/** One text as a C and as a C++ program; `top` goes before `main`. */
export function native(body: string, top = ''): { c: string; cpp: string } {
  const source = `${nativePrelude}${top}\nint main(UNUSED int argc, UNUSED char **argv) {\n${body}\n  return 0;\n}\n`
  return { c: source, cpp: source }
}

/** Tables of what to plant and where, for {@link native}'s `top`. */
export const nativePlaces = `
#define MARK "${mark}"
UNUSED static const char *const places[] = {${quoted(places)}};
#define PLACES ((int)(sizeof places / sizeof *places))
/* <place>/<mark>-<kind>, valid until the next call. */
UNUSED static const char *at(const char *place, const char *kind) {
  static char path[4096];
  snprintf(path, sizeof path, "%s/" MARK "-%s", place, kind);
  return path;
}
#define EVERYWHERE(kind, call) do { \\
    for (int place = 0; place < PLACES; place++) { \\
      const char *path = at(places[place], kind); \\
      ATTEMPT("planted", path, call); \\
    } } while (0)
`

/** The table of kinds, for finders. */
export const nativeKinds = `UNUSED static const char *const kinds[] = {${quoted(kinds)}};
#define KINDS ((int)(sizeof kinds / sizeof *kinds))
`

export function python(body: string): string {
  return String.raw`import os, sys, time
def attempt(what, act, word="BREACH"):
    try:
        value = act()
    except BaseException as error:
        os.write(1, f"held: {what} ({type(error).__name__}: {error})\n".encode())
    else:
        os.write(1, f"{word}: {what} = {str(value)[:300]}\n".encode())
def guard():
    if os.geteuid() == 0:
        os.write(1, b"BREACH: runs as root\n")
        os._exit(0)
def parent():
    if os.getppid() == 0:
        os.write(1, b"held: the parent is out of sight\n")
        os._exit(0)
    return os.getppid()
MARK = ${JSON.stringify(mark)}
PLACES = [${quoted(places)}]
def everywhere(kind, act):
    for place in PLACES:
        path = f"{place}/{MARK}-{kind}"
        attempt(path, lambda: act(path), "planted")
${body}
`
}

export function javascript(body: string): string {
  return String.raw`const fs = require('fs')
const say = (word, what, more) => fs.writeSync(1, word + ': ' + what + ' (' + String(more).slice(0, 300) + ')\n')
const attempt = (what, act, word = 'BREACH') => {
  try { say(word, what, act()) } catch (error) { say('held', what, error) }
}
const guard = () => { if (process.geteuid() === 0) { say('BREACH', 'runs as root', 0); process.reallyExit(0) } }
const parent = () => {
  if (process.ppid === 0) { say('held', 'the parent is out of sight', 0); process.reallyExit(0) }
  return process.ppid
}
const MARK = ${JSON.stringify(mark)}
const PLACES = [${quoted(places)}]
const everywhere = (kind, act) => {
  for (const place of PLACES) {
    const path = place + '/' + MARK + '-' + kind
    attempt(path, () => act(path), 'planted')
  }
}
${body}
`
}

/** `members` are further members of the class; `imports` go first. */
export function java(body: string, members = '', imports = ''): string {
  return String.raw`import java.io.*;
import java.net.*;
import java.nio.file.*;
import java.util.*;
${imports}
public class Main {
  interface Act { Object run() throws Throwable; }
  static void say(String word, String what, Object more) {
    String text = String.valueOf(more);
    System.out.println(word + ": " + what + " (" + text.substring(0, Math.min(300, text.length())).replace('\n', ' ') + ")");
    System.out.flush();
  }
  static void attempt(String word, String what, Act act) {
    try { say(word, what, act.run()); } catch (Throwable error) { say("held", what, error); }
  }
  static void guard() {
    if ("root".equals(System.getProperty("user.name"))) { say("BREACH", "runs as root", 0); Runtime.getRuntime().halt(0); }
  }
  static final String MARK = ${JSON.stringify(mark)};
  static final String[] PLACES = {${quoted(places)}};
  interface Plant { Object at(Path path) throws Throwable; }
  static void everywhere(String kind, Plant plant) {
    for (String place : PLACES) {
      String path = place + "/" + MARK + "-" + kind;
      attempt("planted", path, () -> plant.at(Path.of(path)));
    }
  }
${members}
  public static void main(String[] args) throws Throwable {
${body}
  }
}
`
}

/** Members for {@link java}: reaches private native methods of the runtime, and through them system calls. */
export const javaBackDoor = String.raw`
  static sun.misc.Unsafe unsafe() throws Throwable {
    java.lang.reflect.Field field = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
    field.setAccessible(true);
    return (sun.misc.Unsafe) field.get(null);
  }
  /* Calls a private static method; AccessibleObject.override is the first boolean of the object, at offset 12. */
  static Object call(String type, String name, Class<?>[] parameters, Object... values) throws Throwable {
    java.lang.reflect.Method method = Class.forName(type).getDeclaredMethod(name, parameters);
    unsafe().putBoolean(method, 12L, true);
    return method.invoke(null, values);
  }
  static long parent() throws Throwable {
    long self = ProcessHandle.current().pid();
    long pid = (Long) call("java.lang.ProcessHandleImpl", "parent0", new Class<?>[] {long.class, long.class}, self, 0L);
    if (pid <= 0) { say("held", "the parent is out of sight", pid); System.exit(0); }
    return pid;
  }
  /* kill(2): 9 or 15. */
  static Object kill(long pid, boolean forcibly) throws Throwable {
    Object done = call("java.lang.ProcessHandleImpl", "destroy0",
        new Class<?>[] {long.class, long.class, boolean.class}, pid, 0L, forcibly);
    if (!Boolean.TRUE.equals(done)) throw new IOException("refused");
    return done;
  }
  static FileDescriptor descriptor(int number) throws Throwable {
    FileDescriptor descriptor = new FileDescriptor();
    unsafe().putInt(descriptor, unsafe().objectFieldOffset(FileDescriptor.class.getDeclaredField("fd")), number);
    return descriptor;
  }
`
