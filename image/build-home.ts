// Builds the sandbox's own programs for an image: `node image/build-home.ts FOLDER LANGUAGE...`. Whoever runs this owns them.
import * as z from 'zod'
import { executorLanguageSchema } from '../src/contract/languages.ts'
import { installToolchain } from '../src/executor/toolchain.ts'

const [home, ...names] = process.argv.slice(2)
const chosen = z.array(executorLanguageSchema).min(1).safeParse(names)
if (home === undefined || !chosen.success) {
  console.error(`usage: node image/build-home.ts FOLDER LANGUAGE...   (${executorLanguageSchema.options.join(', ')})`)
  process.exit(2)
}
// Read by everybody, written by nobody else.
process.umask(0o022)
const startedAt = performance.now()
const { versions } = await installToolchain(home, '/usr/local/bin:/usr/bin:/bin', chosen.data)
console.log(Object.values(versions).join('\n'))
console.log(`built ${home} for ${chosen.data.join(', ')} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
