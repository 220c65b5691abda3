// Entry point of the generator function: what a new environment loads before its first answer.
import { composeFrontDoor } from '../compose-front-door.ts'
import { createHandler } from '../http/front-door.ts'

const { config, load } = composeFrontDoor()
const handle = createHandler(config, load)

export const handler = awslambda.streamifyResponse((event, responseStream, context) =>
  handle(event, (head) => awslambda.HttpResponseStream.from(responseStream, head), context),
)
