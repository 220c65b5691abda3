// The executor function in a process of its own: what it answers is large, and would keep the model's process from talking.
import { startLambdaInvoke } from '../../mock/lambda-invoke/server.ts'
import { answerCall } from '../../src/executor/answer.ts'
import { rememberingExecutor } from '../../test/support/pipeline.ts'

const executor = rememberingExecutor()
const lambda = await startLambdaInvoke({
  handler: async (_name, payload) => answerCall(payload, executor, (ms) => AbortSignal.timeout(ms)),
  keepsInvocations: false,
})
process.stdout.write(`${lambda.endpoint}\n`)
