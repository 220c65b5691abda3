// All stacks of one stage, and who depends on whom.
import { Validations, type App } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { readContext } from './context.ts'
import { DataStack } from './stacks/data.ts'

/** Adds the stacks that the app's context asks for, and the checks that they have to pass. Throws ContextError. */
export function addStacks(app: App): void {
  const context = readContext(app.node)
  // No account: a template is the same whoever makes it, and needs no credentials.
  const props = { env: { region: context.region }, tags: { project: 'alpaco', stage: context.stage } }
  new DataStack(app, context, props)
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
}
