// What has to outlive everything else: the Problems table, the users, and the key that seals callers' own keys.
import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import * as cognito from 'aws-cdk-lib/aws-cognito'
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb'
import * as kms from 'aws-cdk-lib/aws-kms'
import type { Construct } from 'constructs'
import { problemsTable } from '../../src/adapters/problems-table-definition.ts'
import type { DeploymentContext } from '../context.ts'
import { accept, explain } from '../grants.ts'
import { output, stackName } from '../names.ts'

/** A table's own keys, or an index's; all are strings. */
const keysOf = (owner: { readonly partitionKey: string; readonly sortKey: string }) => ({
  partitionKey: { name: owner.partitionKey, type: dynamodb.AttributeType.STRING },
  sortKey: { name: owner.sortKey, type: dynamodb.AttributeType.STRING },
})

export class DataStack extends Stack {
  readonly table: dynamodb.Table
  readonly users: cognito.UserPool
  readonly client: cognito.UserPoolClient
  readonly sealingKey: kms.Key

  constructor(scope: Construct, { stage, selfSignUp }: DeploymentContext, props: StackProps) {
    super(scope, stackName('Data', stage), {
      ...props,
      description: 'Alpaco: the Problems table, users, the sealing key',
    })
    this.table = new dynamodb.Table(this, 'Problems', {
      tableName: `alpaco-Problems-${stage}`,
      ...keysOf(problemsTable),
      timeToLiveAttribute: problemsTable.timeToLive,
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    })
    for (const index of Object.values(problemsTable.indexes)) {
      this.table.addGlobalSecondaryIndex({
        indexName: index.name,
        ...keysOf(index),
        projectionType: dynamodb.ProjectionType.INCLUDE,
        nonKeyAttributes: [...index.projected],
      })
    }

    this.users = new cognito.UserPool(this, 'Users', {
      userPoolName: `alpaco-${stage}`,
      featurePlan: cognito.FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: selfSignUp,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      keepOriginal: { email: true },
      standardAttributes: { nickname: { required: false, mutable: true } },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      mfa: cognito.Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    })
    accept(this.users, {
      'AwsSolutions-COG2':
        'Users choose whether they want a second factor: what a stolen password can spend is limited by the quotas of a user and of a day, and it opens no secrets.',
      'AwsSolutions-COG8':
        'The Plus plan costs per user and adds risk scores; passwords that leaked elsewhere are met by its length, the quota and optional TOTP.',
    })
    this.client = this.users.addClient('Client', {
      userPoolClientName: `alpaco-${stage}`,
      // A browser cannot keep a secret. Passwords never travel in clear; the admin flow is for signed calls of operators.
      generateSecret: false,
      authFlows: { userSrp: true, adminUserPassword: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(30),
    })

    this.sealingKey = new kms.Key(this, 'SealingKey', {
      alias: `alpaco/sealing-${stage}`,
      description: 'Seals the model keys that callers bring, while their run is under way',
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy: RemovalPolicy.RETAIN,
    })
    explain(
      this.sealingKey,
      'key policy',
      'The account decides by IAM who may use the key: without it nobody could manage it any more.',
    )

    output(this, 'problems-table-name', this.table.tableName, 'PROBLEMS_TABLE_NAME')
    output(this, 'problems-table-arn', this.table.tableArn, 'The Problems table')
    output(this, 'user-pool-id', this.users.userPoolId, 'Users')
    output(this, 'user-pool-client-id', this.client.userPoolClientId, 'COGNITO_APP_CLIENT_ID')
    output(this, 'sealing-key-arn', this.sealingKey.keyArn, 'SEALING_KEY_ARN')
  }
}
