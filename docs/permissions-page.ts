// The permissions of everything that is deployed as Markdown, made from the synthesized templates.
import * as z from 'zod'
import { reasonsKey } from '../infra/grants.ts'
import { synthesize, type Resource, type Template } from '../infra/synthesis.ts'

const some = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? [value] : value))
const statementSchema = z.object({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: some,
  Resource: z.unknown().optional(),
  Principal: z.unknown().optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
})
const documentSchema = z.object({ Statement: z.array(statementSchema) })
type Statement = z.infer<typeof statementSchema>

/** Where a resource keeps its own policy. */
const ownPolicies: Readonly<Record<string, string>> = {
  'AWS::ECR::Repository': 'RepositoryPolicyText',
  'AWS::KMS::Key': 'KeyPolicy',
  'AWS::S3::BucketPolicy': 'PolicyDocument',
  'AWS::SNS::TopicPolicy': 'PolicyDocument',
}

/** Names that a resource was given, the best first. */
const nameProperties = ['TableName', 'FunctionName', 'LogGroupName', 'RepositoryName', 'RoleName', 'TopicName'] as const

/** The whole page. Throws when a permission has no reason. */
export function permissionsPage(): string {
  const templates = synthesize({ stage: 'dev' })
  const pages = Object.entries(templates).map(([name, template]) => new StackPermissions(name, template, templates))
  return [
    '# Permissions',
    '',
    'Generated from the synthesized stacks by `npm run docs`; do not edit. The stage is `dev`; of another one, names end with it.',
    'A reason stands beside its grant in `infra/`, and `grant` there takes none without it. Names in angle brackets are known to the account only.',
    '',
    '## What each role may do',
    '',
    ...pages.flatMap((page) => page.roles()),
    '## Who may use what',
    '',
    'Policies of resources, which name who comes from outside.',
    '',
    '| resource | who | actions | only when | reason |',
    '|---|---|---|---|---|',
    ...pages.flatMap((page) => page.ownPolicies()),
    '',
  ].join('\n')
}

class StackPermissions {
  readonly #name: string
  readonly #template: Template
  readonly #all: Readonly<Record<string, Template>>

  constructor(name: string, template: Template, all: Readonly<Record<string, Template>>) {
    this.#name = name
    this.#template = template
    this.#all = all
  }

  roles(): string[] {
    return this.#ofType('AWS::IAM::Role').flatMap(([id, role]) => {
      const trust = documentSchema.parse(role.Properties['AssumeRolePolicyDocument']).Statement
      const statements = this.#ofType('AWS::IAM::Policy')
        .filter(([, policy]) => JSON.stringify(policy.Properties['Roles']).includes(`"${id}"`))
        .flatMap(([, policy]) => documentSchema.parse(policy.Properties['PolicyDocument']).Statement)
      return [
        `### ${this.#name}: ${this.#label(role)}`,
        '',
        `${String(role.Properties['Description'])}. Taken on by ${trust.map((each) => this.#who(each)).join(' and ')}. ${reason(role, 'trust')}`,
        '',
        '| | actions | resources | only when | reason |',
        '|---|---|---|---|---|',
        ...statements.map(
          (statement) =>
            `| ${statement.Effect === 'Allow' ? '' : '**denied**'} | ${codes(statement.Action)} | ${this.#resources(statement)} | ${this.#conditions(statement)} | ${reason(role, statement.Sid ?? '')} |`,
        ),
        '',
      ]
    })
  }

  ownPolicies(): string[] {
    const policies = Object.entries(ownPolicies).flatMap(([type, property]) =>
      this.#ofType(type)
        .filter(([, resource]) => resource.Properties[property] !== undefined)
        .map(([id, resource]): [string, Resource, Statement[]] => [
          id,
          resource,
          documentSchema.parse(resource.Properties[property]).Statement,
        ]),
    )
    const permissions = this.#ofType('AWS::Lambda::Permission').map(
      ([id, resource]): [string, Resource, Statement[]] => {
        const { Action, Principal, SourceArn, InvokedViaFunctionUrl } = resource.Properties
        const via = InvokedViaFunctionUrl === true ? { Bool: { 'lambda:InvokedViaFunctionUrl': true } } : {}
        return [
          id,
          resource,
          [
            statementSchema.parse({
              Effect: 'Allow',
              Action,
              Principal: { Service: Principal },
              Condition: { ArnLike: { 'aws:SourceArn': SourceArn }, ...via },
            }),
          ],
        ]
      },
    )
    return [...policies, ...permissions].flatMap(([, resource, statements]) =>
      statements.map((statement) => {
        const what =
          resource.Type === 'AWS::Lambda::Permission'
            ? this.#text(resource.Properties['FunctionName'])
            : this.#label(resource)
        const denied = statement.Effect === 'Deny' ? '**denied** ' : ''
        return `| ${this.#name}: ${what} | ${this.#who(statement)} | ${denied}${codes(statement.Action)} | ${this.#conditions(statement)} | ${Object.values(reasonsOf(resource)).join(' ')} |`
      }),
    )
  }

  #ofType(type: string): [string, Resource][] {
    return Object.entries(this.#template.Resources).filter(([, resource]) => resource.Type === type)
  }

  #who({ Principal }: Statement): string {
    const kinds = z.record(z.string(), z.unknown()).parse(Principal === '*' ? { AWS: '*' } : Principal)
    return Object.values(kinds)
      .flat()
      .map((one) => (one === '*' ? 'anybody' : `\`${this.#text(one)}\``))
      .join(', ')
  }

  #resources({ Resource }: Statement): string {
    return codes((Array.isArray(Resource) ? Resource : [Resource]).map((one) => this.#text(one)))
  }

  #conditions({ Condition }: Statement): string {
    return Object.entries(Condition ?? {})
      .flatMap(([operator, keys]) =>
        Object.entries(keys).map(
          ([key, value]) =>
            `${operator} \`${key}\` ${codes((Array.isArray(value) ? value : [value]).map((one) => this.#text(one)))}`,
        ),
      )
      .join('; ')
  }

  /** The name that a resource was given, else its place in the code. */
  #label(resource: Resource): string {
    for (const property of nameProperties) {
      const name = resource.Properties[property]
      if (name !== undefined && resource.Type !== 'AWS::Lambda::Alias') return this.#text(name)
    }
    if (resource.Type === 'AWS::Lambda::Alias')
      return `${this.#text(resource.Properties['FunctionName'])}:${this.#text(resource.Properties['Name'])}`
    const place = String(resource.Metadata['aws:cdk:path']).split('/').slice(1)
    return place.filter((part) => !['Resource', 'Policy'].includes(part)).join(' ')
  }

  /** A value of a template as somebody would say it. */
  #text(value: unknown): string {
    if (typeof value !== 'object' || value === null) return String(value)
    const [[intrinsic, argument] = []] = Object.entries(value) as [string, unknown][]
    if (intrinsic === 'Ref' || intrinsic === 'Fn::GetAtt') {
      const id = String(Array.isArray(argument) ? argument[0] : argument)
      const resource = this.#template.Resources[id]
      return resource === undefined ? `<${id.replace('AWS::', '')}>` : this.#label(resource)
    }
    if (intrinsic === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1]))
      return argument[1].map((part) => this.#text(part)).join('')
    if (intrinsic === 'Fn::Sub') return String(argument).replaceAll(/\$\{AWS::(\w+)\}/g, '<$1>')
    if (intrinsic === 'Fn::GetStackOutput') {
      const { StackName, OutputName } = z.object({ StackName: z.string(), OutputName: z.string() }).parse(argument)
      const owner = this.#all[StackName]
      if (owner !== undefined)
        return new StackPermissions(StackName, owner, this.#all).#text(owner.Outputs[OutputName]?.Value)
    }
    throw new Error(`${this.#name}: a value that the page cannot spell: ${JSON.stringify(value)}`)
  }
}

function reasonsOf(resource: Resource): Record<string, string> {
  const reasons = z.record(z.string(), z.string()).safeParse(resource.Metadata[reasonsKey])
  if (!reasons.success) throw new Error(`${String(resource.Metadata['aws:cdk:path'])} has a policy without a reason`)
  return reasons.data
}

function reason(resource: Resource, what: string): string {
  const found = reasonsOf(resource)[what]
  if (found === undefined) throw new Error(`${String(resource.Metadata['aws:cdk:path'])} has no reason for "${what}"`)
  return found
}

const codes = (texts: readonly string[]): string => texts.map((text) => `\`${text}\``).join(' ')
