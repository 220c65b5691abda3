// Programs for the image's tests, in every language: one that computes, and one that looks for what it must not find.
import type { ExecutorLanguage } from '../../src/contract/languages.ts'

/** Sorts the numbers of a line and tells their sum. */
export const counting: Readonly<Record<ExecutorLanguage, string>> = {
  python:
    'import heapq\nheap = list(map(int, input().split()))\nheapq.heapify(heap)\nordered = [heapq.heappop(heap) for _ in range(len(heap))]\nprint(*ordered)\nprint("sum", sum(ordered))',
  c: String.raw`#include <stdio.h>
#include <stdlib.h>
static int compare(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
int main(void) {
  static int all[100000];
  int count = 0;
  long long sum = 0;
  while (scanf("%d", &all[count]) == 1) sum += all[count++];
  qsort(all, count, sizeof *all, compare);
  for (int i = 0; i < count; i++) printf("%s%d", i ? " " : "", all[i]);
  printf("\nsum %lld\n", sum);
}`,
  cpp: String.raw`#include <bits/stdc++.h>
using namespace std;
int main() {
  vector<long long> all(istream_iterator<long long>(cin), {});
  ranges::sort(all);
  for (size_t i = 0; i < all.size(); i++) cout << (i ? " " : "") << all[i];
  cout << "\nsum " << accumulate(all.begin(), all.end(), 0LL) << "\n";
}`,
  java: String.raw`import java.util.*;
import java.util.stream.*;
public class Main {
  record Total(long sum) {}
  public static void main(String[] args) {
    long[] all = Arrays.stream(new Scanner(System.in).nextLine().trim().split(" ")).mapToLong(Long::parseLong).sorted().toArray();
    System.out.println(Arrays.stream(all).mapToObj(Long::toString).collect(Collectors.joining(" ")));
    System.out.println("sum " + new Total(Arrays.stream(all).sum()).sum());
  }
}`,
  javascript: String.raw`const all = require('fs').readFileSync(0, 'utf8').trim().split(' ').map(Number).sort((a, b) => a - b)
console.log(all.join(' '))
console.log('sum', all.reduce((sum, each) => sum + each, 0))`,
}

/** Prints its environment, and every other it can read; then `opened:` and the processes that those others are. */
export const spying: Readonly<Record<ExecutorLanguage, string>> = {
  python: String.raw`import os
print(dict(os.environ))
opened = []
for name in ["self", str(os.getppid()), *map(str, range(1, 600))]:
    for file in ("environ", "mem", "cmdline", "task/" + name + "/environ"):
        try:
            with open(f"/proc/{name}/{file}", "rb") as source:
                text = source.read(100000)
        except OSError:
            continue
        print(name, file, text)
        if file != "cmdline" and text and name not in ("self", str(os.getpid())): opened.append(f"{name}/{file}")
print("opened:", *opened)`,
  javascript: String.raw`const fs = require('fs')
console.log(process.env, process.argv, process.execArgv)
const opened = []
for (const name of ['self', String(process.ppid), ...Array.from({ length: 600 }, (_, i) => String(i + 1))])
  for (const file of ['environ', 'mem', 'cmdline']) {
    let text
    try { text = fs.readFileSync('/proc/' + name + '/' + file, 'latin1') } catch { continue }
    console.log(name, file, text)
    if (file !== 'cmdline' && text !== '' && name !== 'self' && name !== String(process.pid)) opened.push(name + '/' + file)
  }
console.log('opened:', ...opened)`,
  java: String.raw`import java.nio.file.*;
import java.util.*;
public class Main {
  public static void main(String[] args) throws Exception {
    System.out.println(System.getenv() + " " + System.getProperties());
    StringBuilder opened = new StringBuilder();
    for (int pid = 0; pid < 600; pid++)
      for (String file : new String[] {"environ", "mem", "cmdline"}) {
        String name = pid == 0 ? "self" : "" + pid;
        byte[] text;
        try (var in = Files.newInputStream(Path.of("/proc", name, file))) { text = in.readNBytes(100000); } catch (Exception refused) { continue; }
        System.out.println(name + " " + file + " " + new String(text));
        boolean own = pid == 0 || Files.isSameFile(Path.of("/proc/self"), Path.of("/proc", name));
        if (!file.equals("cmdline") && text.length > 0 && !own) opened.append(" " + name + "/" + file);
      }
    System.out.println("opened:" + opened);
  }
}`,
  ...nativeSpy(),
}

function nativeSpy(): { c: string; cpp: string } {
  const source = String.raw`#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
extern char **environ;
int main(void) {
  static const char *const files[] = {"environ", "mem", "cmdline"};
  static char opened[20000], path[64], text[100000];
  for (char **each = environ; *each; each++) puts(*each);
  fflush(stdout);
  for (int pid = 0; pid < 600; pid++)
    for (int file = 0; file < 3; file++) {
      if (pid == 0) snprintf(path, sizeof path, "/proc/self/%s", files[file]);
      else snprintf(path, sizeof path, "/proc/%d/%s", pid, files[file]);
      int fd = open(path, O_RDONLY);
      if (fd < 0) continue;
      ssize_t length = read(fd, text, sizeof text);
      if (length > 0 && write(1, text, length) < 0) return 1;
      if (file < 2 && pid != 0 && pid != getpid()) { strcat(opened, " "); strcat(opened, path); }
      close(fd);
    }
  dprintf(1, "\nopened:%s\n", opened);
}`
  return { c: source, cpp: source }
}
