// Who may deploy: GitHub Actions of one repository, by short-lived tokens, in the environments of one stage.
import { ArnFormat, CfnParameter, Duration, Stack, type StackProps } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import type { DeploymentContext } from '../context.ts'
import { explain, grant } from '../grants.ts'
import { executorRepositoryName, functionArn, output, stackName } from '../names.ts'

const issuer = 'token.actions.githubusercontent.com'
/** Of the CDK's own bootstrap stack. */
const qualifier = 'hnb659fds'

export class BootstrapStack extends Stack {
  constructor(scope: Construct, context: DeploymentContext, props: StackProps) {
    const { stage } = context
    super(scope, stackName('Bootstrap', stage), { ...props, description: 'Alpaco: who may deploy' })
    const repository =
      context.githubRepository ??
      new CfnParameter(this, 'GithubRepository', {
        description: 'owner/name of the GitHub repository that may deploy; or set the context key githubRepository',
        allowedPattern: '[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+',
      }).valueAsString
    const provider = context.githubProviderExists
      ? iam.OidcProviderNative.fromOidcProviderArn(
          this,
          'Github',
          this.formatArn({ service: 'iam', region: '', resource: 'oidc-provider', resourceName: issuer }),
        )
      : new iam.OidcProviderNative(this, 'Github', { url: `https://${issuer}`, clientIds: ['sts.amazonaws.com'] })

    /**
     * A role for the jobs of one environment of the repository. Which workflow they are of is a claim of its own: any branch
     * can carry another one that names the environment (IAM User Guide, "Available keys for AWS OIDC federation").
     */
    const roleFor = (
      id: string,
      name: string,
      environment: string,
      workflow: string,
      description: string,
    ): iam.Role => {
      const role = new iam.Role(this, id, {
        roleName: `alpaco-${name}-${stage}`,
        description,
        maxSessionDuration: Duration.hours(1),
        assumedBy: new iam.OpenIdConnectPrincipal(provider, {
          StringEquals: {
            [`${issuer}:aud`]: 'sts.amazonaws.com',
            [`${issuer}:sub`]: `repo:${repository}:environment:${environment}`,
          },
          StringLike: { [`${issuer}:job_workflow_ref`]: `${repository}/.github/workflows/${workflow}` },
        }),
      })
      explain(
        role,
        'trust',
        `Jobs of ${workflow} in the environment ${environment} of the one repository; no fork, no other workflow or ref.`,
      )
      return role
    }
    // Where the environment may be deployed from, said here too.
    const ref = stage === 'production' ? 'refs/tags/*' : 'refs/heads/main'
    const deployer = roleFor('Deploy', 'deploy', stage, `deploy.yml@${ref}`, 'Deploys this stage')
    // A pull request brings its own diff.yml: whoever may open one from a branch here can read the templates.
    const reads = 'diff.yml@refs/pull/*/merge'
    const reader = roleFor('Diff', 'diff', `${stage}-diff`, reads, 'Tells what a deployment would change')

    const stacks = {
      pattern: this.formatArn({ service: 'cloudformation', resource: 'stack', resourceName: `Alpaco-*-${stage}/*` }),
      because: 'All stacks of this stage, and of no other; CloudFormation appends an id to their names.',
    }
    grant(deployer, {
      sid: 'DeployByCdk',
      actions: ['sts:AssumeRole'],
      resources: [cdkRole(this, 'deploy-role'), cdkRole(this, 'file-publishing-role')],
      reason:
        "`cdk deploy` works through these roles of the CDK's bootstrap stack. The one for look-ups is not among them: it may read the whole account, and nothing is looked up here.",
    })
    grant(deployer, {
      sid: 'LogInToRegistry',
      actions: ['ecr:GetAuthorizationToken'],
      resources: [{ pattern: '*', because: 'The action knows no resource.' }],
      reason: '`docker login`.',
    })
    grant(deployer, {
      sid: 'PushExecutorImage',
      actions: [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:CompleteLayerUpload',
        'ecr:DescribeImages',
        'ecr:InitiateLayerUpload',
        'ecr:PutImage',
        'ecr:UploadLayerPart',
      ],
      resources: [
        this.formatArn({ service: 'ecr', resource: 'repository', resourceName: executorRepositoryName(stage) }),
      ],
      reason: "Builds and pushes the executor's image, if its content is new.",
    })
    grant(deployer, {
      sid: 'RollBack',
      actions: ['lambda:GetAlias', 'lambda:UpdateAlias'],
      resources: [
        functionArn(this, 'executor', stage),
        functionArn(this, 'generator', stage),
        functionArn(this, 'sweeper', stage),
      ],
      reason:
        'Points the live alias back to the version before when a deployment or its smoke test fails, and forward again with the next.',
    })
    grant(deployer, {
      sid: 'ReadOutputs',
      actions: ['cloudformation:DescribeStacks'],
      resources: [stacks],
      reason: 'Where the image goes, what the smoke test asks, and which versions were deployed.',
    })
    grant(reader, {
      sid: 'ReadStacks',
      actions: ['cloudformation:DescribeStacks', 'cloudformation:GetTemplate'],
      resources: [stacks],
      reason: '`cdk diff` compares with the templates that are deployed.',
    })
    output(this, 'deploy-role-arn', deployer.roleArn, 'For aws-actions/configure-aws-credentials in the deployment')
    output(this, 'diff-role-arn', reader.roleArn, 'For the diff in pull requests')
  }
}

function cdkRole(stack: Stack, name: string): string {
  return stack.formatArn({
    service: 'iam',
    region: '',
    resource: 'role',
    resourceName: `cdk-${qualifier}-${name}-${stack.account}-${stack.region}`,
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  })
}
