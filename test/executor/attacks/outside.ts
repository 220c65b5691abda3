// What an attack could leave on this machine, seen from outside of the sandbox.
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { mark } from './names.ts'

interface ProcessEntry {
  readonly pid: number
  readonly name: string
  readonly parent: number
  readonly uid: number
  /** What it holds at the moment. */
  readonly residentBytes: number
}

/** Every process there is, by its number. */
function processes(): Map<number, ProcessEntry> {
  const all = new Map<number, ProcessEntry>()
  for (const folder of readdirSync('/proc')) {
    if (!/^\d+$/.test(folder)) continue
    let status: string
    try {
      status = readFileSync(`/proc/${folder}/status`, 'utf8')
    } catch {
      continue // it ended meanwhile
    }
    const field = (name: string): string => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? ''
    const pid = Number(folder)
    if (field('State') !== 'Z') {
      all.set(pid, {
        pid,
        name: field('Name'),
        parent: Number(field('PPid')),
        uid: Number(field('Uid')),
        residentBytes: Number(field('VmRSS')) * 1024,
      })
    }
  }
  return all
}

/** The given processes and all below them. */
function family(roots: readonly number[]): ProcessEntry[] {
  const all = processes()
  const isBelow = ({ pid, parent }: ProcessEntry): boolean => {
    if (roots.includes(pid)) return true
    const above = all.get(parent)
    return above !== undefined && isBelow(above)
  }
  return [...all.values()].filter(isBelow)
}

/** Users of the given processes and of those below them, other than our own. */
export function usersBelow(roots: readonly number[]): Set<number> {
  return new Set(family(roots).flatMap(({ uid }) => (uid === process.getuid?.() ? [] : [uid])))
}

/** Memory of the largest of the given processes and of those below them. */
export function largestBelow(roots: readonly number[]): number {
  return Math.max(0, ...family(roots).map(({ residentBytes }) => residentBytes))
}

/** Processes of the users that no supervisor looks after. Another sandbox, of another test, may have the same users. */
export function strays(users: ReadonlySet<number>): ProcessEntry[] {
  const all = processes()
  const isKept = ({ name, parent }: ProcessEntry): boolean => {
    if (name === 'box') return true
    const above = all.get(parent)
    return above !== undefined && isKept(above)
  }
  return [...all.values()].filter((entry) => users.has(entry.uid) && !isKept(entry))
}

const publicFolders = ['/tmp', '/var/tmp', '/dev/shm', '/dev/mqueue', '/run/lock', '/run', '/']

/** Entries of public folders that belong to one of the users or have an attack's name. */
export function leftFiles(users: ReadonlySet<number>): string[] {
  return publicFolders.flatMap((folder) => {
    let names: string[]
    try {
      names = readdirSync(folder)
    } catch {
      return [] // not on this machine
    }
    return names.flatMap((name) => {
      const file = path.join(folder, name)
      const uid = lstatSync(file, { throwIfNoEntry: false })?.uid
      return name.includes(mark) || (uid !== undefined && users.has(uid)) ? [file] : []
    })
  })
}

/** System V objects of the users, by the kernel's own lists: kind and line. */
export function leftObjects(users: ReadonlySet<number>): string[] {
  return ['shm', 'msg', 'sem'].flatMap((kind) => {
    const [head = '', ...lines] = readFileSync(`/proc/sysvipc/${kind}`, 'utf8').trimEnd().split('\n')
    const column = head.trim().split(/\s+/).indexOf('uid')
    return lines.filter((line) => users.has(Number(line.trim().split(/\s+/)[column]))).map((line) => `${kind} ${line}`)
  })
}
