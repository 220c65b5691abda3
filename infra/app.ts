// The CDK app: `npx cdk synth`, `npx cdk deploy`.
import { App } from 'aws-cdk-lib'
import { checkRegion, ContextError, readContext } from './context.ts'
import { addStacks } from './deployment.ts'

const app = new App()
try {
  checkRegion(readContext(app.node), process.env['AWS_REGION'])
  addStacks(app)
} catch (error) {
  if (!(error instanceof ContextError)) throw error
  console.error(error.message)
  process.exit(1)
}
