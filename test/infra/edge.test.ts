import { describe, expect, it } from 'vitest'
import { only, resources, stacks, type Statement } from './templates.ts'

const { Edge: edge, Generator: generator } = stacks()

interface Behaviour {
  readonly PathPattern?: string
  readonly [property: string]: unknown
}
interface Distribution {
  readonly DefaultCacheBehavior: Behaviour
  readonly CacheBehaviors: readonly Behaviour[]
  readonly Origins: readonly Record<string, unknown>[]
  readonly [property: string]: unknown
}
const configOf = (template: typeof edge): Distribution =>
  only(template, 'AWS::CloudFront::Distribution').Properties['DistributionConfig'] as Distribution
const distribution = configOf(edge)
const api = distribution.CacheBehaviors
const [webOrigin, apiOrigin] = distribution.Origins

describe('the API', () => {
  it('is at its paths, and the web app everywhere else', () => {
    expect(api.map(({ PathPattern: pattern }) => pattern)).toEqual([
      '/generate',
      '/generations/*',
      '/session',
      '/me',
      '/health',
      '/v1/*',
    ])
    for (const { TargetOriginId: target } of api) expect(target).toBe(apiOrigin?.['Id'])
    expect(distribution.DefaultCacheBehavior['TargetOriginId']).toBe(webOrigin?.['Id'])
  })

  it.each(api)('$PathPattern is never cached', ({ CachePolicyId: id }) =>
    // Managed-CachingDisabled
    expect(id).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad'),
  )

  it.each(api)('$PathPattern gets all that the viewer sent but the host', ({ OriginRequestPolicyId: id }) =>
    // Managed-AllViewerExceptHostHeader
    expect(id).toBe('b689b0a8-53d0-40ab-baf2-68738e2966ac'),
  )

  it.each(api)('$PathPattern is not compressed', ({ Compress: isCompressed }) => expect(isCompressed).toBe(false))

  it.each(api)('$PathPattern takes every method, and TLS only', (behaviour) => {
    expect(behaviour['ViewerProtocolPolicy']).toBe('https-only')
    expect(behaviour['AllowedMethods']).toEqual(['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'])
  })

  it('is asked once: a repeated GET would begin a run twice', () => expect(apiOrigin?.['ConnectionAttempts']).toBe(1))

  it('may be silent for 120 s and last longer than the function', () => {
    expect(apiOrigin?.['CustomOriginConfig']).toMatchObject({ OriginReadTimeout: 120 })
    expect(apiOrigin?.['ResponseCompletionTimeout']).toBe(930)
  })

  it('is reached by TLS 1.2', () =>
    expect(apiOrigin?.['CustomOriginConfig']).toMatchObject({
      OriginProtocolPolicy: 'https-only',
      OriginSSLProtocols: ['TLSv1.2'],
    }))

  it('is reached by signed requests', () => {
    expect(apiOrigin?.['OriginAccessControlId']).toEqual({ 'Fn::GetAtt': ['SignedRequestsD8899AA0', 'Id'] })
    expect(edge?.Resources['SignedRequestsD8899AA0']?.Properties['OriginAccessControlConfig']).toMatchObject({
      OriginAccessControlOriginType: 'lambda',
      SigningBehavior: 'always',
      SigningProtocol: 'sigv4',
    })
  })
})

describe('the permissions of the distribution', () => {
  const own = {
    'Fn::Join': [
      '',
      ['arn:aws:cloudfront::', { Ref: 'AWS::AccountId' }, ':distribution/', { Ref: 'Distribution830FAC52' }],
    ],
  }

  it.each([
    ['lambda:InvokeFunctionUrl', undefined],
    ['lambda:InvokeFunction', true],
  ])('include %s, for this distribution alone', (action, viaUrl) => {
    const permission = only(edge, 'AWS::Lambda::Permission', { Action: action }).Properties
    expect(permission['Principal']).toBe('cloudfront.amazonaws.com')
    expect(permission['SourceArn']).toEqual(own)
    expect(permission['InvokedViaFunctionUrl']).toBe(viaUrl)
  })

  it('are for the alias that has the URL', () => {
    for (const { Properties: permission } of resources(edge, 'AWS::Lambda::Permission')) {
      const { OutputName: output } = (permission['FunctionName'] as Record<string, Record<string, string>>)[
        'Fn::GetStackOutput'
      ] ?? { OutputName: '' }
      const { Value: value } = generator?.Outputs[output ?? ''] ?? {}
      const [alias] = Object.values(value as Record<string, string>)
      expect(generator?.Resources[alias ?? '']).toMatchObject({
        Type: 'AWS::Lambda::Alias',
        Properties: { Name: 'live' },
      })
    }
  })
})

describe('the distribution', () => {
  it('asks the viewer-request function first, wherever a request goes', () => {
    for (const behaviour of [distribution.DefaultCacheBehavior, ...api])
      expect(behaviour['FunctionAssociations']).toEqual([
        { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['ViewerRequest2C5B6A1E', 'FunctionARN'] } },
      ])
    expect(only(edge, 'AWS::CloudFront::Function').Properties['FunctionConfig']).toMatchObject({
      Runtime: 'cloudfront-js-2.0',
    })
  })

  it('turns no error into a page: the API has its own', () =>
    expect(distribution['CustomErrorResponses']).toBeUndefined())

  it('logs who came, for 30 days, without cookies', () => {
    expect(distribution['Logging']).toMatchObject({ IncludeCookies: false, Prefix: 'distribution/' })
    const logs = edge?.Resources['Logs6819BB44']?.Properties
    expect(logs?.['LifecycleConfiguration']).toMatchObject({ Rules: [{ ExpirationInDays: 30 }] })
    expect(logs?.['OwnershipControls']).toEqual({ Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] })
  })

  it('sends the security headers with everything', () => {
    for (const behaviour of [distribution.DefaultCacheBehavior, ...api])
      expect(behaviour['ResponseHeadersPolicyId']).toEqual({ Ref: 'SecurityHeadersE66B69D3' })
    const policy = only(edge, 'AWS::CloudFront::ResponseHeadersPolicy').Properties['ResponseHeadersPolicyConfig']
    expect(policy).toMatchObject({
      SecurityHeadersConfig: {
        ContentTypeOptions: { Override: true },
        FrameOptions: { FrameOption: 'DENY' },
        ReferrerPolicy: { ReferrerPolicy: 'same-origin' },
        StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000, IncludeSubdomains: true },
      },
    })
    expect(JSON.stringify(policy)).toContain(
      "default-src 'self'; connect-src 'self' https://cognito-idp.ap-northeast-2.",
    )
  })

  it('has the domain of the context, with TLS 1.2 at least', () => {
    const certificate = 'arn:aws:acm:us-east-1:000000000000:certificate/0a1b'
    const { Edge: other } = stacks({ domainName: 'alpaco.example.org', certificateArn: certificate })
    expect(configOf(other)['Aliases']).toEqual(['alpaco.example.org'])
    expect(configOf(other)['ViewerCertificate']).toEqual({
      AcmCertificateArn: certificate,
      MinimumProtocolVersion: 'TLSv1.2_2021',
      SslSupportMethod: 'sni-only',
    })
    expect(other?.Outputs['DistributionDomain']?.Value).toBe('alpaco.example.org')
  })

  it('speaks HTTP/3 and IPv6', () =>
    expect(distribution).toMatchObject({ HttpVersion: 'http2and3', IPV6Enabled: true }))
})

describe('the buckets', () => {
  it.each(['Web3C8945DB', 'Logs6819BB44'])('%s is closed, encrypted and stays', (id) => {
    const bucket = edge?.Resources[id]
    expect(bucket?.Properties['PublicAccessBlockConfiguration']).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    })
    expect(bucket?.Properties['BucketEncryption']).toBeDefined()
    expect(bucket?.DeletionPolicy).toBe('Retain')
  })

  it.each(['WebPolicy83ABEB90', 'LogsPolicy90DB40C9'])('%s wants TLS 1.2', (id) => {
    const policy = edge?.Resources[id]?.Properties['PolicyDocument']
    expect(policy).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        expect.objectContaining({ Effect: 'Deny', Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } }),
      ]) as unknown,
    })
  })

  it('the web app is read by this distribution alone', () => {
    const policy = edge?.Resources['WebPolicy83ABEB90']?.Properties['PolicyDocument'] as { Statement: Statement[] }
    const allowed = policy.Statement.filter(({ Effect: effect }) => effect === 'Allow')
    expect(allowed).toMatchObject([{ Principal: { Service: 'cloudfront.amazonaws.com' }, Action: 's3:GetObject' }])
    expect(JSON.stringify(allowed[0]?.Condition)).toContain('{"Ref":"Distribution830FAC52"}')
    expect(webOrigin?.['OriginAccessControlId']).toBeDefined()
  })
})
