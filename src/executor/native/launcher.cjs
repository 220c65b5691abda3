// Starts a JavaScript program: takes its files from descriptor 5, says on 3 that it is ready, and begins when 4 answers. By
// then the supervisor has taken away what the program must not have. With `check` it compiles the files and prints them.
'use strict'
const fs = require('node:fs')
const vm = require('node:vm')

const isCheck = process.argv[2] === 'check'
const size = fs.fstatSync(5).size
const pack = Buffer.alloc(size)
for (let at = 0; at < size;) at += fs.readSync(5, pack, at, size - at, at)

// Files: a count, then for each the lengths and bytes of name and text (big-endian).
const files = new Map()
let at = 4
for (let count = pack.readUInt32BE(0); count > 0; count -= 1) {
  const parts = [0, 1].map(() => {
    const length = pack.readUInt32BE(at)
    at += 4 + length
    return pack.toString('utf8', at - length, at)
  })
  files.set(parts[0], parts[1])
}

const parameters = ['exports', 'require', 'module', '__filename', '__dirname']
const compile = (name, text) => vm.compileFunction(text.replace(/^#!.*/, ''), parameters, { filename: name })

function refuse(error) {
  fs.writeSync(2, `${error.stack}\n`.replace(/\n {4}at [^\n]*/g, ''))
  process.exit(1)
}

const modules = new Map()
function load(name) {
  const known = modules.get(name)
  if (known !== undefined) return known.exports
  const module = { exports: {}, id: name, filename: name, loaded: false, children: [], paths: [] }
  modules.set(name, module)
  requireFrom.main ??= module
  if (name.endsWith('.json')) module.exports = JSON.parse(files.get(name))
  else Reflect.apply(compile(name, files.get(name)), module.exports, [module.exports, requireFrom, module, name, ''])
  module.loaded = true
  return module.exports
}
function requireFrom(wanted) {
  if (typeof wanted === 'string' && wanted.startsWith('./')) {
    const name = [wanted.slice(2), `${wanted.slice(2)}.js`, `${wanted.slice(2)}.json`].find((each) => files.has(each))
    if (name !== undefined) return load(name)
  }
  return require(wanted)
}

// Standard input by its path is a habit of contest programs, and paths cannot be opened any more.
const isInput = (path) => path === '/dev/stdin' || path === '/proc/self/fd/0'
for (const name of ['readFileSync', 'readFile', 'openSync', 'createReadStream']) {
  const original = fs[name]
  fs[name] = (path, ...rest) => {
    if (!isInput(path)) return original(path, ...rest)
    if (name === 'openSync') return 0
    return name === 'createReadStream' ? original('', { ...rest[0], fd: 0 }) : original(0, ...rest)
  }
}
const readPromised = fs.promises.readFile
fs.promises.readFile = (path, ...rest) =>
  isInput(path) ? Promise.resolve(fs.readFileSync(0, ...rest)) : readPromised(path, ...rest)

function begin() {
  fs.writeSync(3, 'r')
  const answer = Buffer.alloc(1)
  if (fs.readSync(4, answer, 0, 1, null) !== 1) process.exit(1)
  for (const fd of [3, 4, 5]) fs.closeSync(fd)
  const [main] = files.keys()
  if (isCheck) {
    try {
      for (const [name, text] of files)
        if (name.endsWith('.json')) JSON.parse(text)
        else compile(name, text)
    } catch (error) {
      refuse(error)
    }
    for (let at = 0; at < size;) at += fs.writeSync(1, pack, at)
    return
  }
  process.argv.splice(0, process.argv.length, 'node', main, ...process.argv.slice(3))
  load(main)
}

// The thread that reads files in the background has to exist before no thread may be made any more.
fs.stat('.', begin)
