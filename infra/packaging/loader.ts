// The whole of a function's index.js, once it is CommonJS: loads the chunks of its bundle, from V8's code cache where one fits.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'

/** The file to begin with; put in when the function is packaged. */
declare const MAIN: string

interface Chunk {
  exports: unknown
}
type Load = (name: string) => unknown
type Factory = (exports: unknown, load: Load, chunk: Chunk, file: string, folder: string) => void

/** By file, the half-made ones of chunks under way included. */
const loaded = new Map<string, Chunk>()
let isToldOfCache = false

function load(file: string): unknown {
  const known = loaded.get(file)
  if (known !== undefined) return known.exports
  const chunk: Chunk = { exports: {} }
  loaded.set(file, chunk)
  const folder = path.dirname(file)
  const loadFrom: Load = (name) => (name.startsWith('.') ? load(path.join(folder, name)) : require(name))
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the wrapper in `compiled` is
    const factory = compiled(file).runInThisContext() as Factory
    factory(chunk.exports, loadFrom, chunk, file, folder)
  } catch (error) {
    // Else the next one to ask would get what was made so far, and fail of that.
    loaded.delete(file)
    throw error
  }
  return chunk.exports
}

function compiled(file: string): vm.Script {
  // Of the source V8 compares no more than the length: a cache goes with its chunk, and only together are they replaced.
  const cachedData = readIfThere(`${file}.cache`)
  const source = `(function(exports,require,module,__filename,__dirname){${readFileSync(file, 'utf8')}\n})`
  const script = new vm.Script(source, { filename: file, ...(cachedData === undefined ? {} : { cachedData }) })
  if (script.cachedDataRejected === true && !isToldOfCache) {
    isToldOfCache = true
    const { version, arch } = process
    const data = { version, arch }
    process.stdout.write(`${JSON.stringify({ level: 'WARN', message: 'the code cache is of another Node', data })}\n`)
  }
  return script
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

module.exports = load(path.join(__dirname, MAIN))
