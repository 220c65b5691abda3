import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { executorImageTag } from '../../infra/executor-image.ts'
import { arn, only, resources, stacks, statements } from './templates.ts'

const { Executor: executor, Registry: registry } = stacks()
const properties = only(executor, 'AWS::Lambda::Function').Properties
const ownArn = arn('lambda', 'function:alpaco-executor-dev')
const ownVersions = arn('lambda', 'function:alpaco-executor-dev:*')

describe('the executor function', () => {
  it('has its documented name, 2,048 MB and 300 s', () => {
    expect(properties).toMatchObject({ FunctionName: 'alpaco-executor-dev', MemorySize: 2048, Timeout: 300 })
  })

  it('is a container image for the platform that the Dockerfile is built for', () => {
    expect(properties['PackageType']).toBe('Image')
    expect(properties['Architectures']).toEqual(['x86_64'])
  })

  it('names its image by the hash of its content', () => {
    expect(JSON.stringify(properties['Code'])).toContain(`/alpaco/executor-dev:${executorImageTag()}`)
    expect(executorImageTag()).toMatch(/^[0-9a-f]{32}$/)
  })

  it('has places of its own and no more', () => expect(properties['ReservedConcurrentExecutions']).toBe(200))

  it('has the image and the places that the context names', () => {
    const { Executor: other } = stacks({ executorImageTag: 'v7', executorConcurrency: '30' })
    const { Code: code, ReservedConcurrentExecutions: places } = only(other, 'AWS::Lambda::Function').Properties
    expect(JSON.stringify(code)).toContain('/alpaco/executor-dev:v7"')
    expect(places).toBe(30)
  })

  it('is told its stage and nothing else', () =>
    expect(properties['Environment']).toEqual({ Variables: { STAGE: 'dev' } }))

  it('is called by an alias, and its earlier versions stay', () => {
    expect(only(executor, 'AWS::Lambda::Alias').Properties['Name']).toBe('live')
    expect(only(executor, 'AWS::Lambda::Version').DeletionPolicy).toBe('Retain')
  })

  it('logs into a group that forgets after 30 days', () => {
    const logs = only(executor, 'AWS::Logs::LogGroup', { LogGroupName: '/aws/lambda/alpaco-executor-dev' })
    expect(logs.Properties['RetentionInDays']).toBe(30)
  })
})

describe('the network of the executor', () => {
  it('is where the function is', () => {
    const { SubnetIds: subnets } = properties['VpcConfig'] as { SubnetIds: unknown[] }
    expect(subnets).toHaveLength(2)
    expect(resources(executor, 'AWS::EC2::Subnet')).toHaveLength(2)
  })

  it.each([
    'AWS::EC2::Route',
    'AWS::EC2::InternetGateway',
    'AWS::EC2::VPCGatewayAttachment',
    'AWS::EC2::EgressOnlyInternetGateway',
    'AWS::EC2::NatGateway',
    'AWS::EC2::VPCEndpoint',
    'AWS::EC2::VPCPeeringConnection',
    'AWS::EC2::NetworkAclEntry',
  ])('has no %s', (type) => expect(resources(executor, type)).toEqual([]))

  it('answers no names, so that none can carry a secret', () =>
    expect(only(executor, 'AWS::EC2::VPC').Properties).toMatchObject({
      EnableDnsSupport: false,
      EnableDnsHostnames: false,
    }))

  it('lets nothing out: no rule but the one that stands for none', () => {
    const group = only(executor, 'AWS::EC2::SecurityGroup').Properties
    expect(group['SecurityGroupIngress']).toBeUndefined()
    expect(group['SecurityGroupEgress']).toMatchObject([{ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp' }])
    expect(resources(executor, 'AWS::EC2::SecurityGroupEgress')).toEqual([])
  })

  it('has a list without entries before each subnet', () =>
    expect(resources(executor, 'AWS::EC2::SubnetNetworkAclAssociation')).toHaveLength(2))

  it('gives no public address', () => {
    for (const { Properties: subnet } of resources(executor, 'AWS::EC2::Subnet'))
      expect(subnet['MapPublicIpOnLaunch']).toBe(false)
  })

  it('logs what was tried', () => expect(only(executor, 'AWS::EC2::FlowLog').Properties['TrafficType']).toBe('ALL'))
})

describe('the role of the executor', () => {
  const rights = statements(executor, 'Role1ABCC5F0')
  const interfaces = [
    'ec2:AssignPrivateIpAddresses',
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:UnassignPrivateIpAddresses',
  ]

  it('is the function’s own', () => expect(properties['Role']).toEqual({ 'Fn::GetAtt': ['Role1ABCC5F0', 'Arn'] }))

  it('may write its own log and have network interfaces, and nothing else', () => {
    expect(rights.filter(({ Effect: effect }) => effect === 'Allow').map(({ Action: actions }) => actions)).toEqual([
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      interfaces,
    ])
    expect(rights[0]?.Resource).toEqual({ 'Fn::GetAtt': ['Logs6819BB44', 'Arn'] })
    for (const role of resources(executor, 'AWS::IAM::Role'))
      expect(role.Properties['ManagedPolicyArns']).toBeUndefined()
  })

  it('denies the network-interface actions to the function’s own code', () => {
    const denied = rights.filter(({ Effect: effect }) => effect === 'Deny')
    expect(denied).toHaveLength(1)
    expect(denied[0]?.Action).toEqual([...interfaces, 'ec2:DetachNetworkInterface'].toSorted())
    expect(denied[0]?.Resource).toBe('*')
    expect(denied[0]?.Condition).toEqual({ ArnLike: { 'lambda:SourceFunctionArn': [ownArn, ownVersions] } })
  })
})

describe('the repository of images', () => {
  const repository = only(registry, 'AWS::ECR::Repository').Properties

  it('has its documented name', () => expect(repository['RepositoryName']).toBe('alpaco/executor-dev'))

  it('scans what is pushed, and never lets a tag mean something else', () => {
    expect(repository['ImageScanningConfiguration']).toEqual({ ScanOnPush: true })
    expect(repository['ImageTagMutability']).toBe('IMMUTABLE')
  })

  it('keeps twenty images to roll back to, and nothing that lost its tag', () => {
    const { LifecyclePolicyText: text } = repository['LifecyclePolicy'] as { LifecyclePolicyText: string }
    expect(JSON.parse(text)).toMatchObject({
      rules: [
        { selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countNumber: 1 } },
        { selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 20 } },
      ],
    })
  })

  it('lets Lambda pull for the executor, by exactly the two actions that it needs', () =>
    expect(repository['RepositoryPolicyText']).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'LambdaPulls',
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
          Condition: { ArnLike: { 'aws:SourceArn': [ownArn, ownVersions] } },
        },
      ],
    }))

  it('tells where to push to, and under which tag', () => {
    expect(registry?.Outputs['ExecutorRepositoryUri']?.Export?.Name).toBe('Alpaco-Registry-dev:executor-repository-uri')
    expect(registry?.Outputs['ExecutorImageTag']?.Value).toBe(executorImageTag())
  })
})

describe('the tag of the image', () => {
  const copy = mkdtempSync(path.join(tmpdir(), 'alpaco-image-'))
  for (const part of ['image', 'src', 'package.json', 'package-lock.json', 'README.md'])
    cpSync(part, path.join(copy, part), { recursive: true })
  afterAll(() => rmSync(copy, { recursive: true }))
  const before = executorImageTag(copy)

  it('is the same for the same content, wherever it lies', () => expect(before).toBe(executorImageTag()))

  it.each([
    'image/Dockerfile',
    'image/install.sh',
    'src/executor/native/box.c',
    'src/lambda/execute.ts',
    'package-lock.json',
  ])('is another one when %s changes', (file) => {
    const other = mkdtempSync(path.join(tmpdir(), 'alpaco-image-'))
    cpSync(copy, other, { recursive: true })
    writeFileSync(path.join(other, file), '\n# changed\n', { flag: 'a' })
    expect(executorImageTag(other)).not.toBe(before)
    rmSync(other, { recursive: true })
  })

  it.each(['README.md', 'src/generation/pipeline.ts', 'src/lambda/generate.ts'])('stays when %s changes', (file) => {
    const other = mkdtempSync(path.join(tmpdir(), 'alpaco-image-'))
    cpSync(copy, other, { recursive: true })
    writeFileSync(path.join(other, file), '\n// changed\n', { flag: 'a' })
    expect(executorImageTag(other)).toBe(before)
    rmSync(other, { recursive: true })
  })
})
