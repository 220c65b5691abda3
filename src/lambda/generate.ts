// Entry point of the generator function: composes once, then hands every request to the generation API.
import { composeGenerator } from '../compose.ts'
import { createGenerateHandler } from '../http/generate-handler.ts'

const { ports, config, log } = composeGenerator()
const generate = createGenerateHandler(ports, config)

// A stray rejection would end the environment and every stream in it. It is a bug, and is logged as one.
process.on('unhandledRejection', (reason) => log.error('unhandled rejection', { error: reason }))

export const handler = awslambda.streamifyResponse((event, responseStream, context) =>
  generate(event, (head) => awslambda.HttpResponseStream.from(responseStream, head), context),
)
