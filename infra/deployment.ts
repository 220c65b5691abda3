// All stacks of one stage, and who depends on whom.
import { Validations, type App } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { readContext } from './context.ts'
import { BootstrapStack } from './stacks/bootstrap.ts'
import { DataStack } from './stacks/data.ts'
import { EdgeStack } from './stacks/edge.ts'
import { ExecutorStack } from './stacks/executor.ts'
import { GeneratorStack } from './stacks/generator.ts'
import { OperationsStack } from './stacks/operations.ts'
import { RegistryStack } from './stacks/registry.ts'

/**
 * Adds the stacks that the app's context asks for, and the checks that they have to pass. Throws ContextError.
 *
 * What a stack reads of another one is an output that is looked up when it is deployed (`Fn::GetStackOutput`, by the switch
 * `defaultCrossStackReferences` in cdk.json), never an export: an export that is in use can be neither changed nor deleted,
 * so that a function URL could not be replaced while there is a distribution. Deploying goes in the order below; what is
 * replaced has to be followed by those that read it, which `cdk deploy --all` does.
 */
export function addStacks(app: App): void {
  const context = readContext(app.node)
  // No account: a template is the same whoever makes it, and needs no credentials.
  const props = { env: { region: context.region }, tags: { project: 'alpaco', stage: context.stage } }
  new BootstrapStack(app, context, props)
  const data = new DataStack(app, context, props)
  const registry = new RegistryStack(app, context, props)
  const executor = new ExecutorStack(app, context, props)
  executor.addStackDependency(registry, 'the image is pulled when the function is created')
  const generator = new GeneratorStack(app, context, data, executor, props)
  new EdgeStack(app, context, generator, props)
  new OperationsStack(app, context, props)
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
}
