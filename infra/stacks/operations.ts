// What tells people: alarms and the monthly budget on one topic, one dashboard. Everything is named, nothing is referred to: it can come and go by itself.
import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import * as budgets from 'aws-cdk-lib/aws-budgets'
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as kms from 'aws-cdk-lib/aws-kms'
import * as sns from 'aws-cdk-lib/aws-sns'
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions'
import type { Construct } from 'constructs'
import { addAlarms } from '../alarms.ts'
import type { DeploymentContext } from '../context.ts'
import { addDashboard } from '../dashboard.ts'
import { explain } from '../grants.ts'
import { output, stackName } from '../names.ts'

/** Services that tell the topic something. */
const callers = ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'] as const

export class OperationsStack extends Stack {
  constructor(scope: Construct, context: DeploymentContext, props: StackProps) {
    const { stage, alarmEmail } = context
    super(scope, stackName('Operations', stage), { ...props, description: 'Alpaco: alarms, dashboard, budget' })
    const topic = this.#alarmTopic(stage)
    if (alarmEmail !== undefined) topic.addSubscription(new subscriptions.EmailSubscription(alarmEmail))
    addDashboard(this, context, addAlarms(this, context, new actions.SnsAction(topic)))
    const subscribers = [{ subscriptionType: 'SNS', address: topic.topicArn }]
    const at = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notification: { notificationType, threshold, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN' },
      subscribers,
    })
    // Of the whole account: costs can be told apart by tags only after an owner of the account has activated them.
    const budget = new budgets.CfnBudget(this, 'Budget', {
      budget: {
        budgetName: `alpaco-${stage}`,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: context.monthlyBudgetUsd, unit: 'USD' },
      },
      notificationsWithSubscribers: [at('ACTUAL', 80), at('ACTUAL', 100), at('FORECASTED', 100)],
    })
    // A budget is refused when it may not publish.
    budget.node.addDependency(topic)
    output(this, 'alarm-topic-arn', topic.topicArn, 'Subscribe to it to be told of alarms')
  }

  #alarmTopic(stage: string): sns.Topic {
    const principals = callers.map((caller) => new iam.ServicePrincipal(caller))
    const conditions = { StringEquals: { 'aws:SourceAccount': this.account } }
    // SNS's own key does not let other services write.
    const key = new kms.Key(this, 'TopicKey', {
      alias: `alpaco/alarms-${stage}`,
      description: 'Encrypts alarms on their way',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'EncryptAlarms',
        principals,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions,
      }),
    )
    explain(
      key,
      'key policy',
      'The account decides by IAM who may use the key; alarms and budgets of this account encrypt what they publish.',
    )
    const topic = new sns.Topic(this, 'Alarms', {
      topicName: `alpaco-alarms-${stage}`,
      displayName: `Alpaco ${stage}`,
      masterKey: key,
      enforceSSL: true,
    })
    topic.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'PublishAlarms',
        principals,
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions,
      }),
    )
    explain(
      topic.node.findChild('Policy'),
      'topic policy',
      'Alarms and budgets of this account publish; nobody may without TLS.',
    )
    return topic
  }
}
