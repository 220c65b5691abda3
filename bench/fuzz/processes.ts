// Which processes there are because of this one: found by their parents and by the users that the sandbox gives to programs.
import { readdirSync, readFileSync } from 'node:fs'

interface Process {
  readonly pid: number
  readonly parent: number
  readonly uid: number
  readonly name: string
}

/** All descendants of this process. */
export function descendants(): Process[] {
  const all = allProcesses()
  const found = new Set([process.pid])
  for (let size = 0; size !== found.size;) {
    size = found.size
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid)
  }
  return all.filter(({ pid }) => pid !== process.pid && found.has(pid))
}

/** Descendants, and whoever runs as one of the users although nobody here is its ancestor any more. */
export function leftBehind(uids: ReadonlySet<number>): Process[] {
  const ours = new Set(descendants().map(({ pid }) => pid))
  return allProcesses().filter(({ pid, uid }) => ours.has(pid) || uids.has(uid))
}

function allProcesses(): Process[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        const status = readFileSync(`/proc/${entry}/status`, 'latin1')
        const field = (name: string): string => new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(status)?.[1] ?? ''
        // What has ended and only waits to be counted is no longer a process of anybody's.
        if (field('State') === 'Z') return []
        return [{ pid: Number(entry), parent: Number(field('PPid')), uid: Number(field('Uid')), name: field('Name') }]
      } catch {
        return [] // It has just ended.
      }
    })
}
