// The settings of a deployment, from the CDK's context: cdk.json, or `-c key=value`. Every one of them is here.
import type { Node } from 'constructs'
import * as z from 'zod'

/**
 * Regions that have all of it: function URLs with response streaming, arm64 functions, CloudFront's
 * logs in a bucket. Function URLs are missing in the others (Lambda Developer Guide, "Lambda function URLs"), or they
 * have to be switched on first, and CloudFront cannot log there (CloudFront Developer Guide, "Choosing an S3 bucket").
 */
const regions = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
] as const

/** What a value may be that only the account knows: itself, or the pseudo parameter of CloudFormation in its place. */
const known = (pseudo: string, pattern: string): string => String.raw`(\$\{AWS::${pseudo}\}|${pattern})`
const secretArn = new RegExp(
  `^arn:${known('Partition', 'aws')}:secretsmanager:${known('Region', '[a-z0-9-]+')}:${known('AccountId', String.raw`\d{12}`)}:secret:[\\w/+=.@-]+$`,
)

const places = z.coerce
  .number('a number of places')
  .int('a whole number')
  .min(1, 'one or more')
  .max(10_000, 'at most 10,000')
const dollars = z.coerce.number('US dollars').positive('US dollars')
const aDay = z.coerce.number('a number above zero').positive('a number above zero')
const isOn = z.union([z.boolean(), z.stringbool()], 'true or false')

const contextSchema = z
  .strictObject({
    stage: z.enum(['dev', 'production'], 'dev or production (local is the stage of your own machine: npm start)'),
    region: z
      .enum(regions, `a region that has function URLs with streaming: ${regions.join(', ')}`)
      .default('ap-northeast-2'),
    modelKeySecretArn: z
      .string('the ARN of the secret of Secrets Manager that holds the Gemini API key')
      .regex(secretArn, 'the ARN of the secret of Secrets Manager that holds the Gemini API key'),
    /** Gemini model; the generator's own default when absent. */
    modelName: z
      .string()
      .regex(/^[\w.-]+$/, 'the name of a Gemini model')
      .optional(),
    /** Who may deploy; asked for at deployment of the bootstrap stack when absent. */
    githubRepository: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9-]*\/[\w.-]+$/, 'owner/name of the GitHub repository that may deploy')
      .optional(),
    /** The account has GitHub's identity provider already: there can be only one. */
    githubProviderExists: isOn.default(false),
    /** Anybody with an e-mail address can make themselves a user, and ask for what a user may ask for. */
    selfSignUp: isOn.default(false),
    /** Who is told of alarms; others can subscribe to the topic later. */
    alarmEmail: z.email('an e-mail address').optional(),
    domainName: z.hostname('a host name, together with certificateArn').optional(),
    certificateArn: z
      .string()
      .regex(
        /^arn:aws:acm:us-east-1:\d{12}:certificate\/[\w-]+$/,
        'the ARN of a certificate in us-east-1, where CloudFront looks for it',
      )
      .optional(),
    /** Other web origins that may call the API; the distribution's own needs none. */
    allowedOrigins: z
      .string()
      .transform((text) => text.split(',').map((origin) => origin.trim()))
      .pipe(
        z.array(z.string().regex(/^https:\/\/[^/\s]+$/, 'origins such as https://example.org, separated by commas')),
      )
      .default([]),
    /** Model costs of all runs a day, in US dollars, after which the generator makes no more. */
    dailyModelUsd: dollars.default(100),
    /** What one user may ask for on a day (UTC); the generator's own defaults when absent. */
    quotaRunsPerDay: aDay.optional(),
    quotaTokensPerDay: aDay.optional(),
    quotaUsdPerDay: dollars.optional(),
    /** Costs of the account a month, in US dollars, that raise an alarm. */
    monthlyBudgetUsd: dollars.default(300),
    /** Streams at the same time; half of the places may make runs. Of the account's concurrency, 1,000 by default. */
    generatorConcurrency: places.default(200),
    /** Batches of programs at the same time. */
    executorConcurrency: places.default(200),
    /** Tag of the executor's image; the hash of its content when absent. */
    executorImageTag: z
      .string()
      .regex(/^[A-Za-z0-9_][\w.-]{0,127}$/, 'the tag of an image in the repository; not latest')
      .refine((tag) => tag !== 'latest', 'a tag that names one content; latest does not, and nothing would be deployed')
      .optional(),
  })
  .refine(({ domainName, certificateArn }) => (domainName === undefined) === (certificateArn === undefined), {
    path: ['domainName'],
    error: 'together with certificateArn, or neither',
  })
  .refine(
    ({ region, modelKeySecretArn }) =>
      [region, '${AWS::Region}'].includes(secretArn.exec(modelKeySecretArn)?.[2] ?? ''),
    {
      path: ['modelKeySecretArn'],
      error: 'a secret in the region of the function that reads it',
    },
  )

export type DeploymentContext = z.infer<typeof contextSchema>

/** Every key that may be set. */
export const contextKeys: readonly string[] = Object.keys(contextSchema.shape)

/** A context that cannot be deployed; the message names the key and says what to set. */
export class ContextError extends Error {
  override readonly name = 'ContextError'
}

/**
 * Reads and checks the context. What is set to nothing is not set, but for the region: an empty variable was to name one,
 * and the default is another. Throws ContextError.
 */
export function readContext(node: Node): DeploymentContext {
  // The CDK keeps its own switches in the same place.
  const given = Object.entries(z.record(z.string(), z.unknown()).parse(node.getAllContext())).filter(
    ([key, value]) =>
      !/^(@aws-cdk|aws-cdk:|aws:|cli-telemetry$|acknowledged-issue-numbers$)/.test(key) &&
      (value !== '' || key === 'region'),
  )
  const parsed = contextSchema.safeParse(Object.fromEntries(given))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  if (issue?.code === 'unrecognized_keys') {
    throw new ContextError(`${issue.keys.join(', ')}: no such context key. Known are ${contextKeys.join(', ')}.`)
  }
  const key = String(issue?.path[0])
  const state = given.some(([name]) => name === key) ? 'not usable' : 'missing'
  throw new ContextError(`${key}: ${state}. Set it in cdk.json or with -c ${key}=…: ${issue?.message}.`)
}

/** Throws ContextError when what the environment tells the AWS CLI is another region than the one that is deployed to. */
export function checkRegion({ region }: DeploymentContext, environment: string | undefined): void {
  if (environment !== undefined && environment !== '' && environment !== region) {
    throw new ContextError(
      `region: the context has ${region}, AWS_REGION has ${environment}. Set the same: export AWS_REGION=${region}, or -c region=${environment}.`,
    )
  }
}
