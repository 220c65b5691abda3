// What packages bring along and no function of ours uses, replaced at bundling: half a megabyte that would be read at every cold start.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Plugin } from 'esbuild'
import { ZodFirstPartyTypeKind } from 'zod/v3'

/** Contents of a replaced module by the pattern of its name, with the reason. */
const replacements: readonly { readonly pattern: RegExp; readonly contents: string }[] = [
  {
    // LangSmith's client: traces of runs, key and prompts included, sent to a third party if some variable says so. What
    // LangChain touches while nothing is traced stays.
    pattern: /^langsmith(\/.*)?$/,
    contents: `
      export class Client {}
      export class RunTree { constructor(fields) { Object.assign(this, fields) } }
      export const isRunTree = () => false
      export const isTraceableFunction = () => false
      export const getCurrentRunTree = () => undefined
      export const getDefaultProjectName = () => 'default'
      export const convertToDottedOrderFormat = () => ({ dottedOrder: '', microsecondPrecisionDatestring: '' })`,
  },
  {
    // A second zod, for schemas of callers who still have the third version.
    pattern: /^zod\/v3$/,
    contents: `
      export const z = {}
      export const ZodFirstPartyTypeKind = ${JSON.stringify(ZodFirstPartyTypeKind)}`,
  },
  {
    // Programs never run where credentials are: in the cloud only the executor function runs them.
    pattern: /\/adapters\/local-executor\.ts$|^\.\/local-executor\.ts$/,
    contents: `
      export function createLocalExecutor() { throw new Error('CODE_EXECUTOR_LAMBDA_ARN: missing') }`,
  },
  // Sniffs browsers, for a header of the SDK's.
  { pattern: /^bowser$/, contents: 'export default {}' },
  // XML replies, which we never ask for.
  { pattern: /\/sax-js\/sax\.js$/, contents: 'export const sax = {}' },
  // Schemas of callers' own as JSON: ours are written as such.
  { pattern: /\/zodToJsonSchema\.js$/, contents: 'export const zodToJsonSchema = undefined' },
  // Messages of other providers than ours.
  { pattern: /\/block_translators\/index\.js$/, contents: 'export const getTranslator = () => undefined' },
  // Pictures of chains.
  {
    pattern: /\/graph_mermaid\.js$/,
    contents: 'export const drawMermaid = undefined; export const drawMermaidImage = undefined',
  },
  // Templates of another kind than ours.
  { pattern: /^mustache$/, contents: 'export default {}' },
  // Counts tokens with tables from some site; the provider counts ours.
  {
    pattern: /^js-tiktoken\/lite$/,
    contents: 'export class Tiktoken {}; export const getEncodingNameForModel = () => ""',
  },
  {
    // Credentials of a developer's machine. A function has its own in the environment, which the SDK looks at first.
    pattern: /^@aws-sdk\/credential-provider-(ini|sso|login|process|web-identity)$/,
    contents: `
      const none = () => { throw new Error('a function has its credentials in the environment') }
      export { none as fromIni, none as fromSSO, none as fromLoginCredentials, none as fromProcess, none as fromTokenFile }`,
  },
]

/**
 * Shapes of all operations of an SDK's client. Their objects have constants as computed keys (`{ [_hE]: 400 }`), behind which a
 * bundler must expect anything, so that it keeps them all; with the keys written out only those of our operations stay.
 */
const shapes = /\/client-[\w-]+\/dist-es\/schemas\/schemas_\d+\.js$/

function withKeysWrittenOut(text: string): string {
  const constants = new Map([...text.matchAll(/^const (\w+) = ("[^"]*");$/gm)].map(([, name, value]) => [name, value]))
  return text.replaceAll(/\[(\w+)\]:/g, (key, name: string) => {
    const value = constants.get(name)
    return value === undefined ? key : `${value}:`
  })
}

/** Reads settings and sign-ins of a developer's machine, at each start, by a module of Node's that brings a command line along. */
const settingsFiles = /\/shared-ini-file-loader\/(?:readFile|getSSOTokenFromFile)\.js$/
const noSettings = `
  const none = () => Promise.reject(new Error('a function has its settings in the environment'))
  const known = {}
  export { none as readFile, none as getSSOTokenFromFile, known as filePromises, known as fileIntercept, known as tokenIntercept }`

const modelClient = /\/@google\/generative-ai\/dist\/index\.mjs$/
const modelFetch = path.join(import.meta.dirname, 'model-fetch.ts')

/** Replaces them, lets go of shapes, and gives the model's client another way to ask. */
export const withoutUnused: Plugin = {
  name: 'without-unused',
  setup(build) {
    build.onLoad({ filter: shapes }, async ({ path: file }) => ({
      contents: withKeysWrittenOut(await readFile(file, 'utf8')),
      loader: 'js',
    }))
    build.onLoad({ filter: settingsFiles }, () => ({ contents: noSettings, loader: 'js' }))
    build.onLoad({ filter: modelClient }, async ({ path: file }) => ({
      contents: `import { fetch, Headers } from ${JSON.stringify(modelFetch)}\n${await readFile(file, 'utf8')}`,
      loader: 'js',
    }))
    for (const [index, { pattern, contents }] of replacements.entries()) {
      const namespace = `replaced-${index}`
      build.onResolve({ filter: pattern }, ({ path: module }) => ({ path: module, namespace }))
      build.onLoad({ filter: /.*/, namespace }, () => ({ contents, loader: 'js' }))
    }
  },
}
