// Global set-up of the tests that run against what is deployed: the generator function's asset and its layer, on a folder that
// stands for Lambda's disk.
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { packageFunctions } from '../../infra/packaging/bundle.ts'
import { addCodeCache } from '../../infra/packaging/code-cache.ts'

/** Builds it where the project's environment says (`ALPACO_TEST_DISK`); returns what removes it. */
export default async function setup({ config }: TestProject): Promise<() => Promise<void>> {
  const disk = config.env['ALPACO_TEST_DISK']
  if (typeof disk !== 'string') throw new Error('the project has no ALPACO_TEST_DISK')
  const built = await mkdtemp(path.join(tmpdir(), 'alpaco-packaged-'))
  const packaged = await packageFunctions(built, 'layer')
  await addCodeCache(packaged, process.execPath)
  const { functions, layer } = packaged
  await cp(functions.generator, path.join(disk, 'var/task'), { recursive: true })
  if (layer !== undefined) await cp(layer, path.join(disk, 'opt'), { recursive: true })
  await rm(built, { recursive: true })
  return () => rm(disk, { recursive: true, force: true })
}
