// What the functions run: their code and the layer of what they share, built when this is loaded.
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Stack } from 'aws-cdk-lib'
import * as lambda from 'aws-cdk-lib/aws-lambda'
import type { Stage } from './names.ts'
import { type FunctionName, packageFunctions } from './packaging/bundle.ts'
import { addCodeCache, isCodeCache } from './packaging/code-cache.ts'

// Synthesis copies what it takes from here.
const folder = mkdtempSync(path.join(tmpdir(), 'alpaco-assets-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
const packaged = await packageFunctions(folder, 'layer')
/**
 * Runs the Node that Lambda has, for the code cache (infra/packaging/lambda-node.sh where there is Docker). Without one the
 * functions do without a cache, and what is synthesized is the same everywhere.
 */
const targetNode = process.env['TARGET_NODE'] ?? ''
const cachedFor = targetNode === '' ? '' : await addCodeCache(packaged, targetNode)

/** An asset that is the same when its code is: the bytes of a code cache are others each time it is made. */
function assetOf(asset: string): lambda.Code {
  const hash = createHash('sha256').update(cachedFor)
  const files = readdirSync(asset, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !isCodeCache(entry.name))
    .map((entry) => path.relative(asset, path.join(entry.parentPath, entry.name)))
  for (const file of files.toSorted()) {
    const content = readFileSync(path.join(asset, file))
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return lambda.Code.fromAsset(asset, { assetHash: hash.digest('hex') })
}

/** Code and handler of a function. */
export function functionAsset(name: FunctionName): { code: lambda.Code; handler: string } {
  return { code: assetOf(packaged.functions[name]), handler: 'index.handler' }
}

/** The layer of the packages that several functions share. */
export function dependencyLayer(stack: Stack, stage: Stage): lambda.LayerVersion {
  if (packaged.layer === undefined) throw new Error('the functions were packaged without a layer')
  return new lambda.LayerVersion(stack, 'Dependencies', {
    layerVersionName: `alpaco-dependencies-${stage}`,
    description: 'The packages that the functions share',
    code: assetOf(packaged.layer),
    compatibleRuntimes: [lambda.Runtime.NODEJS_24_X],
    compatibleArchitectures: [lambda.Architecture.ARM_64],
  })
}
