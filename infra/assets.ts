// What the functions run: their code and the layer of what they share, built when this is loaded.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Stack } from 'aws-cdk-lib'
import * as lambda from 'aws-cdk-lib/aws-lambda'
import type { Stage } from './names.ts'
import { type FunctionName, packageFunctions } from './packaging/bundle.ts'

// Synthesis copies what it takes from here.
const folder = mkdtempSync(path.join(tmpdir(), 'alpaco-assets-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
const packaged = await packageFunctions(folder, 'layer')

/** Code and handler of a function. */
export function functionAsset(name: FunctionName): { code: lambda.Code; handler: string } {
  return { code: lambda.Code.fromAsset(packaged.functions[name]), handler: 'index.handler' }
}

/** The layer of the packages that several functions share. */
export function dependencyLayer(stack: Stack, stage: Stage): lambda.LayerVersion {
  if (packaged.layer === undefined) throw new Error('the functions were packaged without a layer')
  return new lambda.LayerVersion(stack, 'Dependencies', {
    layerVersionName: `alpaco-dependencies-${stage}`,
    description: 'The packages that the functions share',
    code: lambda.Code.fromAsset(packaged.layer),
    compatibleRuntimes: [lambda.Runtime.NODEJS_24_X],
    compatibleArchitectures: [lambda.Architecture.ARM_64],
  })
}
