// What the functions run: the folders that the packaging built, or the sources bundled on the spot.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Stack } from 'aws-cdk-lib'
import * as lambda from 'aws-cdk-lib/aws-lambda'
import { buildSync } from 'esbuild'
import type { Stage } from './names.ts'

const repository = path.join(import.meta.dirname, '..')

/** Entry points in src/lambda. */
const entries = { generator: 'generate', sweeper: 'sweep' } as const

/** Code and handler of a function. */
export function functionAsset(name: keyof typeof entries): { code: lambda.Code; handler: string } {
  const built = path.join(repository, 'build/functions', name)
  return { code: lambda.Code.fromAsset(existsSync(built) ? built : bundle(name)), handler: 'index.handler' }
}

/** The layer of what several functions share. */
export function dependencyLayer(stack: Stack, stage: Stage): lambda.LayerVersion {
  const folder = path.join(repository, 'build/bundled/layer')
  mkdirSync(path.join(folder, 'nodejs'), { recursive: true })
  writeFileSync(path.join(folder, 'nodejs/package.json'), '{"private":true}\n')
  return new lambda.LayerVersion(stack, 'Dependencies', {
    layerVersionName: `alpaco-dependencies-${stage}`,
    description: 'What the functions share',
    code: lambda.Code.fromAsset(folder),
    compatibleRuntimes: [lambda.Runtime.NODEJS_24_X],
    compatibleArchitectures: [lambda.Architecture.ARM_64],
  })
}

/** Bundled in this process: once is enough, however often the stacks are synthesized. */
const bundled = new Set<string>()

function bundle(name: keyof typeof entries): string {
  const outdir = path.join(repository, 'build/bundled', name)
  if (bundled.has(name)) return outdir
  bundled.add(name)
  buildSync({
    absWorkingDir: repository,
    entryPoints: { index: `src/lambda/${entries[name]}.ts` },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'error',
  })
  return outdir
}
