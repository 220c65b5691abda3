// What packages bring along and no function of ours uses, replaced at bundling: half a megabyte that would be read at every cold start.
// And what a function need not make, because it always comes out the same.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Plugin } from 'rolldown'
import { ZodFirstPartyTypeKind } from 'zod/v3'
import { artefacts } from '../../src/contract/verification.ts'
import { wireSchema } from '../../src/generation/wire-schema.ts'

/** Contents of a replaced module by the pattern of its path, with the reason. */
const replacements: readonly { readonly pattern: RegExp; readonly contents: string }[] = [
  {
    // LangSmith's client: traces of runs, key and prompts included, sent to a third party if some variable says so. What
    // LangChain touches while nothing is traced stays.
    pattern: /\/langsmith\//,
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
    pattern: /\/zod\/v3\//,
    contents: `
      export const z = {}
      export const ZodFirstPartyTypeKind = ${JSON.stringify(ZodFirstPartyTypeKind)}`,
  },
  {
    // Programs never run where credentials are: in the cloud only the executor function runs them.
    pattern: /\/adapters\/local-executor\.ts$/,
    contents: `
      export function createLocalExecutor() { throw new Error('CODE_EXECUTOR_LAMBDA_ARN: missing') }`,
  },
  {
    // Asks of each answer whether it is a stream of a browser's, for which Node loads those.
    pattern: /\/stream-type-check\.js$/,
    contents: 'export const isReadableStream = () => false; export const isBlob = () => false',
  },
  // Sniffs browsers, for a header of the SDK's.
  { pattern: /\/bowser\//, contents: 'export default {}' },
  // XML replies, which we never ask for.
  { pattern: /\/sax-js\/sax\.js$/, contents: 'export const sax = {}' },
  // Schemas of callers' own as JSON: ours are written as such.
  { pattern: /\/zodToJsonSchema\.js$/, contents: 'export const zodToJsonSchema = undefined' },
  // Messages of other providers than ours.
  { pattern: /\/block_translators\/index\.js$/, contents: 'export const getTranslator = () => undefined' },
  // Pictures of chains.
  { pattern: /\/runnables\/graph\.js$/, contents: 'export class Graph {}' },
  {
    // Every step of a chain as an event or a change: nobody asks for them.
    pattern: /\/tracers\/(log|event)_stream\.js$/,
    contents: `
      export class LogStreamCallbackHandler {}
      export class EventStreamCallbackHandler {}
      export class RunLog {}
      export class RunLogPatch {}
      export const isLogStreamHandler = () => false
      export const isStreamEventsHandler = () => false`,
  },
  {
    // Sends those traces.
    pattern: /\/tracers\/tracer_langchain\.js$/,
    contents: 'export class LangChainTracer { static getTraceableRunTree() {} }',
  },
  {
    // Answers in the form of a schema: ours are parsed by ourselves.
    pattern: /\/language_models\/structured_output\.js$/,
    contents: `
      export const assembleStructuredOutputPipeline = undefined
      export const createContentParser = undefined
      export const createFunctionCallingParser = undefined`,
  },
  // Names of answers that are kept for the same question: none are.
  { pattern: /\/js-sha256\/hash\.js$/, contents: 'export const sha256 = undefined' },
  // Answers of the SDK's that are streams of events: none of our operations has such.
  {
    pattern: /\/event-streams\/index\.js$/,
    contents: `
      export const EventStreamSerde = undefined
      export const eventStreamSerdeProvider = undefined
      export const resolveEventStreamSerdeConfig = (config) => config`,
  },
  // Templates of another kind than ours.
  { pattern: /\/mustache\//, contents: 'export default {}' },
  // Counts tokens with tables from some site; the provider counts ours.
  {
    pattern: /\/js-tiktoken\//,
    contents: 'export class Tiktoken {}; export const getEncodingNameForModel = () => ""',
  },
  {
    // Settings of a developer's machine, looked for at each start, for each of them, by a module of Node's that brings a command line along.
    pattern: /\/node-config-provider\/fromSharedConfigFiles\.js$/,
    contents: `
      const none = () => Promise.reject(Object.assign(new Error('a function has its settings in the environment'), { tryNextLink: true }))
      export const fromSharedConfigFiles = () => none`,
  },
  {
    // Credentials of a developer's machine. A function has its own in the environment, which the SDK looks at first.
    pattern: /\/@aws-sdk\/credential-provider-(ini|sso|login|process|web-identity|http)\/|\/credential-provider-imds\//,
    contents: `
      const none = () => {
        const error = new Error('a function has its credentials in the environment')
        throw Object.assign(error, { name: 'CredentialsProviderError', tryNextLink: true })
      }
      export { none as fromIni, none as fromSSO, none as fromLoginCredentials, none as fromProcess, none as fromTokenFile }
      export { none as fromHttp, none as fromInstanceMetadata, none as fromContainerMetadata }`,
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

const wireSchemas = /\/src\/generation\/wire-schema\.ts$/

/** The module as it is packaged: the schemas, without what makes them. */
function wireSchemasMade(): string {
  const made = artefacts.map((artefact) => [artefact, JSON.stringify(wireSchema(artefact))])
  return `
    const made = ${JSON.stringify(Object.fromEntries(made))}
    export const wireSchema = (artefact) => JSON.parse(made[artefact])`
}

const modelClient = /\/@google\/generative-ai\/dist\/index\.mjs$/
const modelFetch = path.join(import.meta.dirname, 'model-fetch.ts')

/** Comes before the path of a module that was replaced. */
export const replaced = '\0without:'

/** Replaces them, lets go of shapes, makes schemas, and gives the model's client another way to ask. */
export const withoutUnused: Plugin = {
  name: 'without-unused',
  async resolveId(module, importer) {
    const { id, external } = (await this.resolve(module, importer, { skipSelf: true })) ?? {}
    if (id === undefined || external !== false || replacementOf(id) === undefined) return undefined
    return `${replaced}${id}`
  },
  async load(id) {
    const code = id.startsWith(replaced) ? replacementOf(id) : await rewritten(id)
    return code === undefined ? undefined : { code, moduleType: 'js' }
  },
}

function replacementOf(module: string): string | undefined {
  return replacements.find(({ pattern }) => pattern.test(module))?.contents
}

async function rewritten(file: string): Promise<string | undefined> {
  if (wireSchemas.test(file)) return wireSchemasMade()
  if (shapes.test(file)) return withKeysWrittenOut(await readFile(file, 'utf8'))
  if (!modelClient.test(file)) return undefined
  return `import { fetch, Headers } from ${JSON.stringify(modelFetch)}\n${await readFile(file, 'utf8')}`
}
