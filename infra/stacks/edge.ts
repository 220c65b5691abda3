// What the world sees: one distribution, the API by signed requests to the function URL, the web app from a private bucket.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import * as acm from 'aws-cdk-lib/aws-certificatemanager'
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront'
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins'
import * as lambda from 'aws-cdk-lib/aws-lambda'
import * as s3 from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import type { DeploymentContext } from '../context.ts'
import { exact } from '../exact.ts'
import { accept, explain } from '../grants.ts'
import { output, stackName } from '../names.ts'
import { generatorTimeout, type GeneratorStack } from './generator.ts'

/** What the function answers (src/http/generate-handler.ts, with and without /v1); everything else is the web app. */
const apiPaths = ['/generate', '/generations/*', '/session', '/me', '/health', '/v1/*']

export class EdgeStack extends Stack {
  constructor(scope: Construct, context: DeploymentContext, { url, live }: GeneratorStack, props: StackProps) {
    const { stage } = context
    super(scope, stackName('Edge', stage), { ...props, description: 'Alpaco: the distribution' })
    const logs = new s3.Bucket(this, 'Logs', {
      ...closedBucket,
      // CloudFront and S3 write their logs by access control lists.
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_PREFERRED,
      lifecycleRules: [{ expiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    })
    accept(logs, { 'AwsSolutions-S1': 'It is the bucket that holds the access logs of the others.' })
    const web = new s3.Bucket(this, 'Web', {
      ...closedBucket,
      versioned: true,
      serverAccessLogsBucket: exact<s3.IBucket>(logs),
      serverAccessLogsPrefix: 'web/',
      lifecycleRules: [
        { noncurrentVersionExpiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    })

    const shared = {
      responseHeadersPolicy: this.#securityHeaders(context),
      functionAssociations: [
        { function: this.#viewerRequest(stage), eventType: cloudfront.FunctionEventType.VIEWER_REQUEST },
      ],
    }
    const api: cloudfront.BehaviorOptions = {
      ...shared,
      origin: new origins.FunctionUrlOrigin(url, {
        originAccessControlId: new cloudfront.FunctionUrlOriginAccessControl(this, 'SignedRequests')
          .originAccessControlId,
        // A request may have begun a run when its connection breaks: whether it is repeated is the client's decision.
        connectionAttempts: 1,
        connectionTimeout: Duration.seconds(5),
        // Between two bytes: a heartbeat comes every 15 s, the first byte after the claim. 120 s without asking for more.
        readTimeout: Duration.seconds(120),
        keepaliveTimeout: Duration.seconds(60),
        // No shorter than the function lives.
        responseCompletionTimeout: generatorTimeout.plus(Duration.seconds(30)),
      }),
      allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
      cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
      originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      // Compressing holds events back.
      compress: false,
    }
    const { domainName, certificateArn } = context
    const distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: `Alpaco ${stage}`,
      defaultRootObject: 'index.html',
      defaultBehavior: {
        ...shared,
        origin: origins.S3BucketOrigin.withOriginAccessControl(exact<s3.IBucket>(web)),
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: cloudfront.CachePolicy.CACHING_OPTIMIZED,
        compress: true,
      },
      additionalBehaviors: Object.fromEntries(apiPaths.map((pattern) => [pattern, api])),
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      // Without the most expensive places; Korea and Japan are in it.
      priceClass: cloudfront.PriceClass.PRICE_CLASS_200,
      enableLogging: true,
      logBucket: exact<s3.IBucket>(logs),
      logFilePrefix: 'distribution/',
      logIncludesCookies: false,
      ...(domainName === undefined || certificateArn === undefined
        ? {}
        : {
            domainNames: [domainName],
            certificate: acm.Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
            minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
          }),
    })
    accept(distribution, {
      'AwsSolutions-CFR1': 'Problems are for learners everywhere.',
      'AwsSolutions-CFR2':
        "A firewall costs more than a small deployment does. Every request that costs anything needs a token, and quotas and rate limits are the function's own.",
      ...(domainName === undefined && {
        'AwsSolutions-CFR4':
          "CloudFront's own certificate comes with its own TLS policy, which cannot be set. With domainName and certificateArn it is TLSv1.2_2021.",
      }),
    })
    // By hand, because the alias is what is called, and a permission of the function says nothing about it.
    for (const [id, permission] of Object.entries({
      InvokeByUrl: { action: 'lambda:InvokeFunctionUrl' },
      InvokeBehindUrl: { action: 'lambda:InvokeFunction', invokedViaFunctionUrl: true },
    })) {
      const allowed = new lambda.CfnPermission(this, id, {
        ...permission,
        principal: 'cloudfront.amazonaws.com',
        functionName: live.functionArn,
        sourceArn: distribution.distributionArn,
      })
      explain(allowed, 'permission', 'This distribution, and no other, calls the generator, and only by its URL.')
    }
    explain(web.policy ?? web, 'bucket policy', 'This distribution reads the web app; nobody may come without TLS.')
    explain(
      logs.policy ?? logs,
      'bucket policy',
      'S3 writes the access logs of the web bucket; nobody may come without TLS.',
    )

    output(this, 'distribution-domain', domainName ?? distribution.distributionDomainName, 'Where everything is')
    output(this, 'distribution-id', distribution.distributionId, 'For invalidations')
    output(this, 'web-bucket-name', web.bucketName, 'Where the web app goes')
  }

  #viewerRequest(stage: string): cloudfront.Function {
    return new cloudfront.Function(this, 'ViewerRequest', {
      functionName: `alpaco-viewer-request-${stage}`,
      comment: 'Carries the token past the signature, and leads views of the web app to its page',
      runtime: cloudfront.FunctionRuntime.JS_2_0,
      code: cloudfront.FunctionCode.fromInline(
        readFileSync(path.join(import.meta.dirname, '../edge/viewer-request.js'), 'utf8'),
      ),
    })
  }

  #securityHeaders({ stage, region }: DeploymentContext): cloudfront.ResponseHeadersPolicy {
    const contentSecurityPolicy = [
      "default-src 'self'",
      // Sign-in goes to the user pool itself.
      `connect-src 'self' https://cognito-idp.${region}.amazonaws.com`,
      "img-src 'self' data:",
      "style-src 'self' 'unsafe-inline'",
      "worker-src 'self' blob:",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; ')
    return new cloudfront.ResponseHeadersPolicy(this, 'SecurityHeaders', {
      responseHeadersPolicyName: `alpaco-${stage}`,
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: cloudfront.HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: cloudfront.HeadersReferrerPolicy.SAME_ORIGIN, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(730), includeSubdomains: true, override: true },
      },
      customHeadersBehavior: {
        customHeaders: [
          { header: 'Cross-Origin-Opener-Policy', value: 'same-origin', override: true },
          { header: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=()', override: true },
        ],
      },
    })
  }
}

/** Nobody from outside, nothing unencrypted. Its name is made by CloudFormation, so that one that stays is in nobody's way. */
const closedBucket = {
  blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
  encryption: s3.BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  removalPolicy: RemovalPolicy.RETAIN,
} as const satisfies s3.BucketProps
