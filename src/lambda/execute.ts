// The executor function's process, in its container image: takes invocations from the runtime API one by one. Started by
// the image's entry point, which has dropped the environment's credentials.
import { runInvocations } from '../adapters/runtime-api.ts'
import { composeExecutor } from '../compose-executor.ts'

const { runtimeApi, warmUp, answer, wasHarmed, log } = composeExecutor()
// Before the first invocation is taken: a function has more of the processor while it starts.
await warmUp()
await runInvocations(runtimeApi, { answer, mustEnd: wasHarmed, log })
// A program harmed this environment: the next invocation begins in a new one.
process.exit(1)
