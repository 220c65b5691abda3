// What things are called, so that stacks, functions and people find them without asking (CONTRACTS.md, "Environment and names").
import { ArnFormat, CfnOutput, Stack } from 'aws-cdk-lib'
import type { DeploymentContext } from './context.ts'

export type Stage = DeploymentContext['stage']

/** Functions of ours. */
export type Service = 'executor' | 'generator' | 'sweeper'

/** The alias that is called; rolling back is pointing it to an earlier version. */
export const liveAlias = 'live'

export const stackName = (stack: string, stage: Stage): string => `Alpaco-${stack}-${stage}`
export const functionName = (service: Service, stage: Stage): string => `alpaco-${service}-${stage}`
export const executorRepositoryName = (stage: Stage): string => `alpaco/executor-${stage}`

/** A function's ARN without version or alias, from its name alone. */
export function functionArn(stack: Stack, service: Service, stage: Stage): string {
  return stack.formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: functionName(service, stage),
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  })
}

/**
 * An output by its name in kebab case, without the stage. A template takes letters and digits only: there it is in Pascal
 * case, and the export has the name as it is.
 */
export function output(stack: Stack, name: string, value: string, description: string): void {
  const id = name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())
  new CfnOutput(stack, id, { key: id, value, description, exportName: `${stack.stackName}:${name}` })
}
