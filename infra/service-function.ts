// What every function of ours has: a role of its own, a log group of its own that forgets, and nothing beyond them.
import { RemovalPolicy } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as logs from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { explain, grant } from './grants.ts'
import { functionName, type Service, type Stage } from './names.ts'

/** As long as the events of a run can be read. */
const logRetention = logs.RetentionDays.ONE_MONTH

export interface FunctionBasis {
  readonly functionName: string
  readonly role: iam.Role
  readonly logGroup: logs.LogGroup
}

/** Name, role and log group of a function. Whatever else it may do is granted where it is needed. */
export function functionBasis(scope: Construct, service: Service, stage: Stage): FunctionBasis {
  const name = functionName(service, stage)
  const logGroup = new logs.LogGroup(scope, 'Logs', {
    logGroupName: `/aws/lambda/${name}`,
    retention: logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  })
  const role = new iam.Role(scope, 'Role', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    description: `What ${name} may do`,
  })
  explain(role, 'trust', 'Lambda runs the function with it.')
  grant(role, {
    sid: 'WriteOwnLogs',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [{ pattern: logGroup.logGroupArn, because: 'The streams of its own log group are named by Lambda.' }],
    reason: 'Its log, and the metrics in it.',
  })
  return { functionName: name, role, logGroup }
}
