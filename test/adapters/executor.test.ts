// Every executor through the same suite. What only one of them does is in local-executor.test.ts and lambda-executor.test.ts.
import { startLambdaInvoke } from '../../mock/lambda-invoke/server.ts'
import { createLambdaExecutor } from '../../src/adapters/lambda-executor.ts'
import { answerCall } from '../../src/executor/answer.ts'
import { openSandbox } from '../executor/sandbox.ts'
import { quietLog } from '../support/quiet-log.ts'
import { describeExecutor } from './executor.contract.ts'

describeExecutor('the local executor, with all that this machine gives,', () => openSandbox('all'))

describeExecutor('the local executor, with nothing but the kernel’s limits,', () => openSandbox('rlimits'))

describeExecutor('the lambda executor', async () => {
  const sandbox = await openSandbox('all')
  const lambda = await startLambdaInvoke({
    handler: (_name, payload) => answerCall(payload, sandbox.executor, (ms) => AbortSignal.timeout(ms)),
  })
  const functionArn = 'arn:aws:lambda:ap-northeast-2:123456789012:function:alpaco-executor-local'
  return {
    executor: createLambdaExecutor({ functionArn, endpoint: lambda.endpoint, log: quietLog }),
    async close() {
      await lambda.close()
      await sandbox.close()
    },
  }
})
