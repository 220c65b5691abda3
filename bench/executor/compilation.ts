// Compiling typical programs, a new one each time, against the compilers as they come.
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { median, type Figure } from '../measure.ts'
import { cppProgram, javaProgram } from './programs.ts'
import { inTurn, milliseconds, ratio } from './rounds.ts'
import { call, spawned, type Bench } from './sandbox.ts'

const cppRounds = 5
const javaRounds = 5

export async function compilation(bench: Bench): Promise<Figure[]> {
  return [...(await cpp(bench)), ...(await java(bench))]
}

async function cpp(bench: Bench): Promise<Figure[]> {
  const { sandbox, tools, folder } = bench
  let version = 0
  await writeFile(path.join(folder, 'main.cpp'), cppProgram(version))
  const plain = (flags: readonly string[]) => async (): Promise<number> =>
    (await spawned(tools['g++'], ['-O2', '-std=c++20', ...flags, 'main.cpp', '-o', 'plain'], { cwd: folder })).ms
  const { ours, theirs } = await inTurn(cppRounds, {
    ours: async () => (await call(sandbox, { language: 'cpp', text: cppProgram((version += 1)) }, [])).wallMs,
    theirs: plain([]),
  })
  const value = median(ours) / 1_000
  return [
    {
      name: `C++: compiling 40 lines with <bits/stdc++.h> (least ${(Math.min(...ours) / 1_000).toFixed(2)} s)`,
      value: `${value.toFixed(2)} s`,
      target: '≤ 0.65 s',
      met: value <= 0.65,
    },
    {
      name: '  peer: g++ -O2 -std=c++20, no precompiled header, not static',
      value: `${(median(theirs) / 1_000).toFixed(2)} s, ${ratio(theirs, ours)}`,
    },
  ]
}

async function java(bench: Bench): Promise<Figure[]> {
  const { sandbox, tools, folder } = bench
  let version = 0
  const compile = async (): Promise<number> =>
    (await call(sandbox, { language: 'java', text: javaProgram((version += 1)) }, [])).wallMs
  const work = path.join(folder, 'java')
  await mkdir(work)
  await writeFile(path.join(work, 'Main.java'), javaProgram(version))
  // What has to be built once on a machine is built by another environment.
  const builder = bench.open(1)
  await call(builder, { language: 'java', text: javaProgram(version) }, [])
  await builder.close()
  const first = await compile()
  const { ours, theirs } = await inTurn(javaRounds, {
    ours: compile,
    theirs: async () => (await spawned(tools.javac, ['-d', 'classes', 'Main.java'], { cwd: work })).ms,
  })
  const value = median(ours)
  return [
    {
      name: `Java: compiling 40 lines, warm (first of all ${milliseconds(first)})`,
      value: milliseconds(value),
      target: '≤ 150 ms',
      met: value <= 150,
    },
    { name: '  peer: javac, cold', value: `${milliseconds(median(theirs))}, ${ratio(theirs, ours)}` },
  ]
}
