// Where the executor's images are kept. Apart from the function, because an image has to be there before a function can name it.
import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import * as ecr from 'aws-cdk-lib/aws-ecr'
import * as iam from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import type { DeploymentContext } from '../context.ts'
import { executorImageTag } from '../executor-image.ts'
import { explain } from '../grants.ts'
import { executorRepositoryName, functionArn, output, stackName } from '../names.ts'

/** Images that can be rolled back to. */
const keptImages = 20

export class RegistryStack extends Stack {
  constructor(scope: Construct, { stage, executorImageTag: tag }: DeploymentContext, props: StackProps) {
    super(scope, stackName('Registry', stage), { ...props, description: 'Alpaco: images of the executor' })
    const repository = new ecr.Repository(this, 'Executor', {
      repositoryName: executorRepositoryName(stage),
      imageScanOnPush: true,
      imageTagMutability: ecr.TagMutability.IMMUTABLE,
      lifecycleRules: [
        {
          rulePriority: 1,
          description: 'what lost its tag',
          tagStatus: ecr.TagStatus.UNTAGGED,
          maxImageAge: Duration.days(1),
        },
        {
          rulePriority: 2,
          description: 'what nobody rolls back to',
          tagStatus: ecr.TagStatus.ANY,
          maxImageCount: keptImages,
        },
      ],
      // Images can be built again from the sources at any time.
      removalPolicy: RemovalPolicy.DESTROY,
      emptyOnDelete: true,
    })
    const executor = functionArn(this, 'executor', stage)
    repository.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'LambdaPulls',
        principals: [new iam.ServicePrincipal('lambda.amazonaws.com')],
        actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        conditions: { ArnLike: { 'aws:SourceArn': [executor, `${executor}:*`] } },
      }),
    )
    explain(
      repository,
      'LambdaPulls',
      'Lambda pulls the image for the executor function and its versions, and for no other function.',
    )
    output(this, 'executor-repository-uri', repository.repositoryUri, 'Where the image is pushed to')
    output(this, 'executor-image-tag', tag ?? executorImageTag(), 'The tag that the executor function asks for')
  }
}
