// The functions that make runs: the streaming generator, and the sweeper that goes on with what nobody makes.
import { Annotations, Duration, Fn, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import * as events from 'aws-cdk-lib/aws-events'
import * as targets from 'aws-cdk-lib/aws-events-targets'
import type * as iam from 'aws-cdk-lib/aws-iam'
import * as lambda from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { problemsTable } from '../../src/adapters/problems-table-definition.ts'
import { hasPrice } from '../../src/generation/prices.ts'
import { dependencyLayer, functionAsset } from '../assets.ts'
import type { DeploymentContext } from '../context.ts'
import { exact } from '../exact.ts'
import { explain, grant } from '../grants.ts'
import { liveAlias, output, stackName } from '../names.ts'
import { functionBasis } from '../service-function.ts'
import type { DataStack } from './data.ts'
import type { ExecutorStack } from './executor.ts'

/** Memory that comes with one whole processor (Lambda Developer Guide, "Configure Lambda function memory"). */
const memoryMb = 1_769
/** The most that Lambda allows. */
export const generatorTimeout = Duration.seconds(900)
/** Sweeps at once: one that goes on with runs stays for minutes, and others have to find what comes after. */
const sweepsAtOnce = 5

export class GeneratorStack extends Stack {
  readonly url: lambda.FunctionUrl
  readonly live: lambda.Alias

  constructor(
    scope: Construct,
    context: DeploymentContext,
    data: DataStack,
    executor: ExecutorStack,
    props: StackProps,
  ) {
    const { stage } = context
    super(scope, stackName('Generator', stage), { ...props, description: 'Alpaco: the functions that make problems' })
    if (context.modelName !== undefined && !hasPrice(context.modelName)) {
      Annotations.of(this).addWarningV2(
        'alpaco:no-price',
        `modelName: src/generation/prices.ts has no price for ${context.modelName}. Limits and metrics take it to cost what the dearest one does.`,
      )
    }
    const layer = dependencyLayer(this, stage)
    const surroundings = { context, data, executor, layer }

    const generator = new RunMaker(this, 'generator', surroundings, {
      description: 'Makes problems and streams how',
      reservedConcurrentExecutions: context.generatorConcurrency,
    })
    grant(generator.role, {
      sid: 'ListOwnRuns',
      actions: ['dynamodb:Query'],
      resources: [`${data.table.tableArn}/index/${problemsTable.indexes.creator.name}`],
      reason: 'DELETE /me finds all that its caller asked for.',
    })
    grant(generator.role, {
      sid: 'SealCallersKeys',
      actions: ['kms:Encrypt'],
      resources: [data.sealingKey.keyArn],
      conditions: sealedForARun,
      reason: "Seals a caller's own model key for the run's next owner, bound to the run's id.",
    })
    this.live = generator.live
    this.url = generator.live.addFunctionUrl({
      authType: lambda.FunctionUrlAuthType.AWS_IAM,
      invokeMode: lambda.InvokeMode.RESPONSE_STREAM,
    })

    const sweeper = new RunMaker(this, 'sweeper', surroundings, {
      description: 'Goes on with runs that nobody makes',
      reservedConcurrentExecutions: sweepsAtOnce,
    })
    // The next minute brings the next sweep: none is worth repeating.
    sweeper.live.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) })
    const rule = new events.Rule(this, 'EveryMinute', {
      ruleName: `alpaco-sweeper-${stage}`,
      description: 'Looks for runs that nobody makes',
      schedule: events.Schedule.rate(Duration.minutes(1)),
      targets: [
        new targets.LambdaFunction(exact<lambda.IFunction>(sweeper.live), {
          retryAttempts: 0,
          maxEventAge: Duration.minutes(1),
          event: events.RuleTargetInput.fromObject({}),
        }),
      ],
    })

    for (const child of rule.node.children) {
      if (child instanceof lambda.CfnPermission) explain(child, 'permission', 'The schedule calls the sweeper.')
    }

    output(this, 'generator-url', this.url.url, 'Function URL; only the content network may call it')
    output(this, 'generator-arn', generator.live.functionArn, 'The generator, as it is called')
    output(this, 'sweeper-arn', sweeper.live.functionArn, 'The sweeper, as it is called')
  }
}

/** Bound to a run's id and to nothing else; the second line, because the first holds for what is bound to nothing too. */
const sealedForARun = {
  'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['problemId'] },
  Null: { 'kms:EncryptionContextKeys': 'false' },
}

interface Surroundings {
  readonly context: DeploymentContext
  readonly data: DataStack
  readonly executor: ExecutorStack
  readonly layer: lambda.LayerVersion
}

/** A function that makes runs, with the rights that every owner of a run needs. */
class RunMaker extends Construct {
  readonly role: iam.Role
  readonly live: lambda.Alias

  constructor(
    stack: Stack,
    service: 'generator' | 'sweeper',
    { context, data, executor, layer }: Surroundings,
    props: Pick<lambda.FunctionProps, 'description' | 'reservedConcurrentExecutions'>,
  ) {
    super(stack, service === 'generator' ? 'Generator' : 'Sweeper')
    const { modelKeySecretArn } = context
    const secretArn = modelKeySecretArn.includes('${') ? Fn.sub(modelKeySecretArn) : modelKeySecretArn
    const { role, ...basis } = functionBasis(this, service, context.stage)
    this.role = role
    const maker = new lambda.Function(this, 'Function', {
      ...basis,
      role,
      ...props,
      ...functionAsset(service),
      layers: [layer],
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: memoryMb,
      timeout: generatorTimeout,
      environment: {
        STAGE: context.stage,
        PROBLEMS_TABLE_NAME: data.table.tableName,
        GOOGLE_AI_API_KEY_SECRET_ARN: secretArn,
        CODE_EXECUTOR_LAMBDA_ARN: executor.live.functionArn,
        SEALING_KEY_ARN: data.sealingKey.keyArn,
        COGNITO_ISSUER_URL: `https://cognito-idp.${stack.region}.amazonaws.com/${data.users.userPoolId}`,
        COGNITO_APP_CLIENT_ID: data.client.userPoolClientId,
        ALLOWED_ORIGINS: [...context.allowedOrigins].join(','),
        QUOTA_TOTAL_USD_PER_DAY: String(context.dailyModelUsd),
        // The other places are for those who read.
        QUOTA_RUNNING: String(Math.ceil(context.generatorConcurrency / 2)),
        ...given({
          QUOTA_RUNS_PER_DAY: context.quotaRunsPerDay,
          QUOTA_TOKENS_PER_DAY: context.quotaTokensPerDay,
          QUOTA_USD_PER_DAY: context.quotaUsdPerDay,
          GEMINI_MODEL_NAME: context.modelName,
        }),
      },
      // Earlier versions stay, to be rolled back to.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    })
    const { currentVersion: version } = maker
    this.live = new lambda.Alias(this, 'Live', { aliasName: liveAlias, version: exact<lambda.IVersion>(version) })
    output(stack, `${service}-version`, version.version, 'What is live, unless it was rolled back')

    grant(role, {
      sid: 'KeepRuns',
      actions: [
        'dynamodb:ConditionCheckItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
      ],
      resources: [data.table.tableArn],
      reason:
        'Runs, their events and leases, problems and quotas; transactions need the right to each of their writes.',
    })
    grant(role, {
      sid: 'RunPrograms',
      actions: ['lambda:InvokeFunction'],
      resources: [executor.live.functionArn],
      reason: 'Programs are run by the executor, at its live version.',
    })
    grant(role, {
      sid: 'OpenCallersKeys',
      actions: ['kms:Decrypt'],
      resources: [data.sealingKey.keyArn],
      conditions: sealedForARun,
      reason: "Goes on with a run that was asked for with a key of the caller's own.",
    })
    grant(role, {
      sid: 'ReadModelKey',
      actions: ['secretsmanager:GetSecretValue'],
      resources: [secretResource(secretArn, modelKeySecretArn)],
      reason: 'The key of the model, read when the function starts.',
    })
  }
}

/** The variables that have a value; the generator has its own defaults for the others. */
function given(variables: Readonly<Record<string, string | number | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
}

/** A secret's ARN ends with a hyphen and six characters that Secrets Manager chose; a name alone needs their pattern. */
function secretResource(arn: string, given: string): Parameters<typeof grant>[1]['resources'][0] {
  return /-[A-Za-z0-9]{6}$/.test(given)
    ? arn
    : {
        pattern: `${arn}-??????`,
        because: 'The six characters are what Secrets Manager appends to the name of a secret.',
      }
}
