// The whole of a function's index.js, once it is CommonJS: runs each module of the packs when something of it is first used, and
// takes the packs from V8's code cache where one fits.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'

/** Files with modules, in the order in which they are looked through; put in when the function is packaged. */
declare const PACKS: readonly string[]
/** The module to begin with. */
declare const MAIN: string

type Exports = Record<string, unknown>
type Load = (name: string) => unknown
type Run = (exports: Exports, load: Load) => void
type Define = (id: string, run: Run) => void

const unread = [...PACKS]
const definitions = new Map<string, Run>()
/** By id, of each module that was named by one that has run. */
const exported = new Map<string, Exports>()
let isToldOfCache = false

/** Other modules are named by `./` and their id. */
const load: Load = (name) => (name.startsWith('./') ? exportsOf(name.slice(2)) : require(name))

/** What a module exports: nothing until something of it is looked for, which runs it. */
function exportsOf(id: string): Exports {
  const known = exported.get(id)
  if (known !== undefined) return known
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its names are its own, and of any type
  const exports = Object.create(runWhenUsed(id)) as Exports
  exported.set(id, exports)
  return exports
}

const runWhenUsed = (id: string): object => new Proxy({}, { get: (_, name): unknown => Reflect.get(run(id), name) })

function run(id: string): Exports {
  const exports = exportsOf(id)
  if (Object.getPrototypeOf(exports) === null) return exports
  Object.setPrototypeOf(exports, null)
  try {
    definition(id)(exports, load)
  } catch (error) {
    // Else the next one to ask would get what was made so far, and fail of that: it begins anew, and so does who has these.
    exported.delete(id)
    Object.setPrototypeOf(exports, runWhenUsed(id))
    throw error
  }
  return exports
}

function definition(id: string): Run {
  for (;;) {
    const known = definitions.get(id)
    if (known !== undefined) return known
    const [pack] = unread
    if (pack === undefined) throw new Error(`no module ${id}`)
    compiled(path.join(__dirname, pack))((name, running) => definitions.set(name, running))
    // After it was read: one that cannot be is looked for again.
    unread.shift()
  }
}

function compiled(file: string): (define: Define) => void {
  // Of the source V8 compares no more than the length: a cache goes with its pack, and only together are they replaced.
  const cachedData = readIfThere(`${file}.cache`)
  const script = new vm.Script(readFileSync(file, 'utf8'), {
    filename: file,
    ...(cachedData === undefined ? {} : { cachedData }),
  })
  if (script.cachedDataRejected === true && !isToldOfCache) {
    isToldOfCache = true
    const { version, arch } = process
    const data = { version, arch }
    process.stdout.write(`${JSON.stringify({ level: 'WARN', message: 'the code cache is of another Node', data })}\n`)
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what each pack is
  return script.runInThisContext() as (define: Define) => void
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

module.exports = run(MAIN)
