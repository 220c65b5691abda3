// G1 as a table: what a program may do and what it may not, judged by the inspector in the real executor.
import { describe, expect, it } from 'vitest'
import { pythonInspector } from '../../src/generation/gates/python-inspector.ts'
import { tinyLimits } from '../../src/generation/programs.ts'
import { rememberingExecutor } from '../support/pipeline.ts'

const executor = rememberingExecutor()

async function findings(source: string): Promise<string[]> {
  const inputs = [JSON.stringify({ source, role: 'reference' })]
  const batch = {
    version: 1 as const,
    program: { language: 'python' as const, files: [{ name: 'main.py', text: pythonInspector }] },
    tests: inputs.map((input) => ({ input })),
    limits: tinyLimits,
    hashSeed: 0,
  }
  const { results } = await executor.run(batch, new AbortController().signal)
  return (JSON.parse(results[0]?.stdout ?? '') as { findings: string[] }).findings
}

describe('a sane source', () => {
  it.each([
    'print(int(input()) + 1)',
    'import sys\nfor line in sys.stdin:\n    print(line)',
    'import sys\ndata = sys.stdin.buffer.read().split()\nsys.stdout.write(str(len(data)))',
    'from sys import stdin, stdout\nstdout.write(stdin.readline())',
    'import os\nos.write(1, os.read(0, 100))',
    'print(sum(map(int, open(0).read().split())))',
    'import random\nrandom.seed(7)\nprint(input(), random.random())',
    'import random\nr = random.Random(input())\nprint(r.randint(1, 5))',
    'import sys, threading\nsys.setrecursionlimit(10**6)\nthreading.stack_size(2**26)\ndef main():\n    print(input())\nthreading.Thread(target=main).start()',
    'from functools import lru_cache\nfrom heapq import *\nprint(max(input().split(), key=[1].__getitem__))',
    'import sys\nvars = 1\nhelp = input("")\nprint(vars, help)',
    'from os import read, write\nwrite(1, read(0, 99))',
    'class A:\n    pass\nprint(A().__class__.__name__, input())',
    'class P:\n    def __init__(self, v):\n        self.v = v\n    def __lt__(self, o):\n        return self.v < o.v\nprint(sorted([P(input())])[0].v)',
  ])('%j', async (source) => {
    expect(await findings(source)).toEqual([])
  })

  it.each<[string, RegExp]>([
    ['print(1)', /never reads/],
    ['x = input()', /never prints/],
    ['print(input()', /does not compile/],
    ['print(input("N? "))', /prompts/],
    ['import sys\nprint(sys.argv, input())', /sys\.argv/],
    ['from sys import argv\nprint(argv, input())', /sys\.argv/],
    ['print(open("/etc/passwd").read(), input())', /opens a file/],
    ['name = "x"\nprint(open(name), input())', /opens a file/],
    ['import io\nprint(io.open("x"), input())', /opens a file/],
    ['import socket\nprint(input())', /imports socket/],
    ['import os\nprint(os.environ, input())', /os\.environ/],
    ['import os as o\no.system("ls")\nprint(input())', /os\.system/],
    ['from os import system\nprint(input())', /os\.system/],
    ['import subprocess\nprint(input())', /imports subprocess/],
    ['import time\nprint(time.time(), input())', /imports time/],
    ['print(eval(input()))', /uses eval/],
    ['print(__import__("os"), input())', /uses __import__/],
    ['print(().__class__.__bases__, input())', /uses __bases__/],
    ['print(getattr(str, "x"), input())', /uses getattr/],
    ["import random\nrandom._os.system('x')\nprint(input())", /random\._os/],
    ['from io import open as o\nprint(o("/etc/hostname").read(), input())', /io\.open/],
    ['f = open\nprint(f("/etc/hostname").read(), input())', /uses open/],
    ['import io as i\nprint(i.open("x"), input())', /opens a file/],
    ['import random\na = input().split()\nrandom.shuffle(a)\nprint(a)', /without a seed/],
    ['from random import randint\nprint(randint(1, 2), input())', /without a seed/],
    ['import random\nprint(random.Random().random(), input())', /without a seed/],
    ['import random\nprint(random.SystemRandom().random(), input())', /cannot be seeded/],
    ['from . import x\nprint(input())', /imports from/],
    ['public class Main { public static void main(String[] a) {} }', /does not compile/],
    [`print(input())\n${'# x\n'.repeat(9_000)}`, /longer than 32 KB/],
  ])('not %j', async (source, finding) => {
    expect((await findings(source)).join('\n')).toMatch(finding)
  })
})
