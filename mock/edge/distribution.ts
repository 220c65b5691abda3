// What a synthesized template says about the way of a request through its distribution. What it says beyond what the
// stand-in can do is an error, so that nobody trusts a test of something else than is deployed.
import * as z from 'zod'

export interface Behaviour {
  readonly allowedMethods: readonly string[]
  readonly origin: 'function-url' | 'bucket'
  /** Whether everything that the viewer sent but the host goes to the origin, or next to nothing. */
  readonly passesViewer: boolean
  /** Source of the function that runs first. */
  readonly viewerRequest: string
  readonly responseHeaders: readonly ResponseHeader[]
}

interface ResponseHeader {
  readonly name: string
  readonly value: string
  /** Whether it replaces one that the origin sent. */
  readonly overrides: boolean
}

export interface Distribution {
  /** The behaviour of a path, which is in its form on the wire. */
  behaviourOf(path: string): Behaviour
  /** Longest silence of the function URL. */
  readonly readTimeoutMs: number
  /** Longest answer of the function URL. */
  readonly completionTimeoutMs: number
}

// Names that AWS gives to its managed policies.
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'
const cachingOptimized = '658327ea-f89d-4fab-a63d-7e88639e58f6'
const allViewerExceptHost = 'b689b0a8-53d0-40ab-baf2-68738e2966ac'

const attributeSchema = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
const behaviourSchema = z.object({
  PathPattern: z.string().optional(),
  TargetOriginId: z.string(),
  AllowedMethods: z.array(z.string()).default(['GET', 'HEAD']),
  CachePolicyId: z.enum([cachingDisabled, cachingOptimized]),
  Compress: z.boolean().default(false),
  OriginRequestPolicyId: z.literal(allViewerExceptHost).optional(),
  ResponseHeadersPolicyId: z.object({ Ref: z.string() }),
  FunctionAssociations: z.tuple([z.object({ EventType: z.literal('viewer-request'), FunctionARN: attributeSchema })]),
})
const originSchema = z.object({
  Id: z.string(),
  ConnectionAttempts: z.number().optional(),
  CustomOriginConfig: z.object({ OriginReadTimeout: z.number() }).optional(),
  ResponseCompletionTimeout: z.number().optional(),
  OriginAccessControlId: attributeSchema,
})
const distributionSchema = z.object({
  Properties: z.object({
    DistributionConfig: z.object({
      DefaultCacheBehavior: behaviourSchema,
      CacheBehaviors: z.array(behaviourSchema),
      CustomErrorResponses: z.never().optional(),
      Origins: z.array(originSchema),
    }),
  }),
})
const functionSchema = z.object({
  Properties: z.object({
    FunctionCode: z.string(),
    FunctionConfig: z.object({ Runtime: z.literal('cloudfront-js-2.0') }),
  }),
})
const accessControlSchema = z.object({
  Properties: z.object({
    OriginAccessControlConfig: z.object({
      OriginAccessControlOriginType: z.enum(['lambda', 's3']),
      SigningBehavior: z.literal('always'),
      SigningProtocol: z.literal('sigv4'),
    }),
  }),
})
const overrides = { Override: z.boolean() }
const headersSchema = z.object({
  Properties: z.object({
    ResponseHeadersPolicyConfig: z.strictObject({
      Name: z.string(),
      SecurityHeadersConfig: z.strictObject({
        ContentSecurityPolicy: z.strictObject({ ContentSecurityPolicy: z.string(), ...overrides }),
        ContentTypeOptions: z.strictObject(overrides),
        FrameOptions: z.strictObject({ FrameOption: z.string(), ...overrides }),
        ReferrerPolicy: z.strictObject({ ReferrerPolicy: z.string(), ...overrides }),
        StrictTransportSecurity: z.strictObject({
          AccessControlMaxAgeSec: z.number(),
          IncludeSubdomains: z.boolean(),
          ...overrides,
        }),
      }),
      CustomHeadersConfig: z.object({
        Items: z.array(z.strictObject({ Header: z.string(), Value: z.string(), ...overrides })),
      }),
    }),
  }),
})
const templateSchema = z.object({ Resources: z.record(z.string(), z.looseObject({ Type: z.string() })) })

/** Reads the one distribution of a template. Throws where it asks for what the stand-in does not do. */
export function readDistribution(template: unknown): Distribution {
  const resources = templateSchema.parse(template).Resources
  const found = Object.values(resources).filter(({ Type: type }) => type === 'AWS::CloudFront::Distribution')
  if (found.length !== 1) throw new Error(`${found.length} distributions in the template`)
  const config = distributionSchema.parse(found[0]).Properties.DistributionConfig

  function behaviour(asked: z.infer<typeof behaviourSchema>): Behaviour {
    const origin = config.Origins.find(({ Id: id }) => id === asked.TargetOriginId)
    const control = accessControlSchema.parse(resources[origin?.OriginAccessControlId['Fn::GetAtt'][0] ?? ''])
    const { OriginAccessControlOriginType: type } = control.Properties.OriginAccessControlConfig
    if (type === 'lambda' && (asked.CachePolicyId !== cachingDisabled || asked.Compress)) {
      throw new Error('the stand-in neither caches nor compresses what a function says')
    }
    return {
      allowedMethods: asked.AllowedMethods,
      origin: type === 'lambda' ? 'function-url' : 'bucket',
      passesViewer: asked.OriginRequestPolicyId !== undefined,
      viewerRequest: functionSchema.parse(resources[asked.FunctionAssociations[0].FunctionARN['Fn::GetAtt'][0]])
        .Properties.FunctionCode,
      responseHeaders: responseHeaders(resources[asked.ResponseHeadersPolicyId.Ref]),
    }
  }

  const patterns = config.CacheBehaviors.map((asked) => ({
    pattern: toExpression(asked.PathPattern ?? '*'),
    behaviour: behaviour(asked),
  }))
  const otherwise = behaviour(config.DefaultCacheBehavior)
  const api = config.Origins.find(({ CustomOriginConfig: custom }) => custom !== undefined)
  if (api?.ConnectionAttempts !== 1) throw new Error('the stand-in asks an origin once')
  return {
    behaviourOf: (path) => patterns.find(({ pattern }) => pattern.test(normalized(path)))?.behaviour ?? otherwise,
    readTimeoutMs: 1_000 * (api.CustomOriginConfig?.OriginReadTimeout ?? 30),
    completionTimeoutMs: 1_000 * (api.ResponseCompletionTimeout ?? Number.POSITIVE_INFINITY),
  }
}

function responseHeaders(policy: unknown): ResponseHeader[] {
  const { SecurityHeadersConfig: security, CustomHeadersConfig: custom } =
    headersSchema.parse(policy).Properties.ResponseHeadersPolicyConfig
  const { StrictTransportSecurity: transport } = security
  const age = `max-age=${transport.AccessControlMaxAgeSec}`
  const named = [
    ['content-security-policy', security.ContentSecurityPolicy, security.ContentSecurityPolicy.ContentSecurityPolicy],
    ['x-content-type-options', security.ContentTypeOptions, 'nosniff'],
    ['x-frame-options', security.FrameOptions, security.FrameOptions.FrameOption],
    ['referrer-policy', security.ReferrerPolicy, security.ReferrerPolicy.ReferrerPolicy],
    ['strict-transport-security', transport, transport.IncludeSubdomains ? `${age}; includeSubDomains` : age],
  ] as const
  return [
    ...named.map(([name, { Override: overrides }, value]) => ({ name, value, overrides })),
    ...custom.Items.map(({ Header: name, Value: value, Override: overrides }) => ({
      name: name.toLowerCase(),
      value,
      overrides,
    })),
  ]
}

/** `*` is any number of characters, `?` is one; the case counts, and a slash at the beginning may be left out. */
function toExpression(pattern: string): RegExp {
  const escaped = pattern.replace(/^\/?/, '/').replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's')
}

/** The form in which paths are matched (RFC 3986): no dots, no doubled slashes, no needless escapes. The origin gets the path as it came. */
function normalized(path: string): string {
  const plain = path.replaceAll(/%[\da-f]{2}/gi, (escape) => {
    const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16))
    return /[\w.~-]/.test(character) ? character : escape.toUpperCase()
  })
  return new URL(plain.replaceAll(/\/{2,}/g, '/'), 'http://viewer').pathname
}
