// The function that runs untrusted programs: no way out of its network, no rights beyond its own log.
import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import * as ec2 from 'aws-cdk-lib/aws-ec2'
import * as ecr from 'aws-cdk-lib/aws-ecr'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as lambda from 'aws-cdk-lib/aws-lambda'
import * as logs from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import type { DeploymentContext } from '../context.ts'
import { executorImageTag } from '../executor-image.ts'
import { exact } from '../exact.ts'
import { accept, deny, explain, grant } from '../grants.ts'
import { executorRepositoryName, functionArn, liveAlias, output, stackName } from '../names.ts'
import { functionBasis } from '../service-function.ts'

/** What a function in a VPC needs (Lambda Developer Guide, "Giving Lambda functions access to resources in an Amazon VPC"). */
const interfaceActions = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
] as const

export class ExecutorStack extends Stack {
  readonly live: lambda.Alias

  constructor(scope: Construct, context: DeploymentContext, props: StackProps) {
    const { stage } = context
    super(scope, stackName('Executor', stage), { ...props, description: 'Alpaco: the function that runs programs' })
    const { functionName, role, logGroup } = functionBasis(this, 'executor', stage)
    const vpc = this.#closedNetwork()
    const repository = ecr.Repository.fromRepositoryName(this, 'Repository', executorRepositoryName(stage))
    const executor = new lambda.DockerImageFunction(this, 'Executor', {
      functionName,
      description: 'Runs programs of models, students and attackers',
      code: lambda.DockerImageCode.fromEcr(repository, { tagOrDigest: context.executorImageTag ?? executorImageTag() }),
      // image/Dockerfile is built for linux/amd64.
      architecture: lambda.Architecture.X86_64,
      memorySize: 2_048,
      timeout: Duration.seconds(300),
      reservedConcurrentExecutions: context.executorConcurrency,
      // For its metrics. Nothing else is said to a place where anybody's programs run.
      environment: { STAGE: stage },
      role,
      logGroup,
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      securityGroups: [
        new ec2.SecurityGroup(this, 'Nothing', {
          vpc,
          description: 'Nothing in, nothing out',
          allowAllOutbound: false,
        }),
      ],
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    })
    grant(role, {
      sid: 'AttachToNetwork',
      actions: interfaceActions,
      resources: [
        { pattern: '*', because: 'Lambda checks for them on every resource before it creates the function.' },
      ],
      reason: 'Lambda puts the function into its network.',
    })
    const arn = functionArn(this, 'executor', stage)
    deny(role, {
      sid: 'NeverFromWithin',
      actions: [...interfaceActions, 'ec2:DetachNetworkInterface'],
      resources: [{ pattern: '*', because: 'What is denied is denied everywhere.' }],
      conditions: { ArnLike: { 'lambda:SourceFunctionArn': [arn, `${arn}:*`] } },
      reason:
        'Lambda needs the network-interface actions, the programs do not: whoever gets hold of the credentials inside can use none of them.',
    })
    const { currentVersion: version } = executor
    this.live = new lambda.Alias(this, 'Live', { aliasName: liveAlias, version: exact<lambda.IVersion>(version) })
    output(this, 'executor-arn', this.live.functionArn, 'CODE_EXECUTOR_LAMBDA_ARN')
    output(this, 'executor-version', version.version, 'What is live, unless it was rolled back')
  }

  /** Two subnets without a route to anywhere, without names to look up, and with nothing let through; what is tried is logged. */
  #closedNetwork(): ec2.IVpc {
    const vpc = exact<ec2.IVpc>(
      new ec2.Vpc(this, 'Network', {
        ipAddresses: ec2.IpAddresses.cidr('10.64.0.0/24'),
        maxAzs: 2,
        natGateways: 0,
        createInternetGateway: false,
        // Names that are looked up can carry a secret out where nothing else can.
        enableDnsSupport: false,
        enableDnsHostnames: false,
        subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 26 }],
        // The default group has no member, and emptying it would take a function with rights over security groups.
        restrictDefaultSecurityGroup: false,
      }),
    )
    // Without entries it lets nothing pass in either direction.
    const wall = new ec2.NetworkAcl(this, 'Wall', {
      vpc,
      subnetSelection: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    })
    accept(wall, {
      'AwsSolutions-VPC3': 'A list without entries has none that could be wrong: it denies everything.',
    })
    const attempts = new logs.LogGroup(this, 'Attempts', {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const role = new iam.Role(this, 'AttemptsRole', {
      assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
      description: 'Logs what tries to leave the executor',
    })
    explain(role, 'trust', 'The flow log of the network writes with it, for this account only.')
    grant(role, {
      sid: 'WriteAttempts',
      actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      resources: [{ pattern: attempts.logGroupArn, because: 'One stream for each network interface, named by EC2.' }],
      reason: 'Packets that programs tried to send.',
    })
    new ec2.CfnFlowLog(this, 'FlowLog', {
      resourceId: vpc.vpcId,
      resourceType: 'VPC',
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logGroupName: attempts.logGroupName,
      deliverLogsPermissionArn: role.roleArn,
    })
    return vpc
  }
}
