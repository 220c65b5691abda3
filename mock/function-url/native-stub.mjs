// Preloaded: stands in the place of the runtime client's native part, which has to be compiled. The client's other way of
// speaking the same API is JavaScript. So is this: taking types off would cost the process that is measured more than it does.
// oxlint-disable typescript/no-unsafe-call, typescript/no-unsafe-return, typescript/no-unsafe-member-access -- it has no types
import { registerHooks } from 'node:module'

const url = 'alpaco:rapid-client'
const source = `
  const notThere = () => { throw new Error('the native client is not there') }
  module.exports = { initializeClient: () => undefined, next: notThere, done: notThere, error: notThere }`

registerHooks({
  resolve: (specifier, context, next) =>
    specifier.endsWith('/rapid-client.node')
      ? { url, format: 'commonjs', shortCircuit: true }
      : next(specifier, context),
  load: (loaded, context, next) =>
    loaded === url ? { source, format: 'commonjs', shortCircuit: true } : next(loaded, context),
})
