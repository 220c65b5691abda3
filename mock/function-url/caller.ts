// AuthType AWS_IAM: whether a request was signed by who may call, as the service checks before anything is invoked.
import type { IncomingMessage } from 'node:http'
import { sha256, sign, signedHeadersOf, type SigningKey } from '../signature.ts'

export interface CallerRefusal {
  /** Value of `x-amzn-errortype`. */
  readonly type: string
  readonly body: string
}

const forbidden: CallerRefusal = {
  type: 'AccessDeniedException',
  body: '{"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"}',
}
const unknownKey: CallerRefusal = {
  type: 'UnrecognizedClientException',
  body: '{"message":"The security token included in the request is invalid."}',
}
const badSignature: CallerRefusal = {
  type: 'InvalidSignatureException',
  body: '{"message":"The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details."}',
}

/** What the caller is told with a 403; undefined when it may come in. The time of the signature is not looked at. */
export function refuseCaller(request: IncomingMessage, body: Buffer, key: SigningKey): CallerRefusal | undefined {
  const headers = Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values = []]) => [name, values.join(',')]),
  )
  const { authorization = '' } = headers
  const signed = signedHeadersOf(authorization)
  if (signed === undefined) return forbidden
  if (signed.accessKeyId !== key.accessKeyId) return unknownKey
  if (!['host', 'x-amz-date'].every((name) => signed.names.includes(name))) return badSignature
  const bodyHash = sha256(body)
  // There is no unsigned body (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html).
  if ((headers['x-amz-content-sha256'] ?? bodyHash) !== bodyHash) return badSignature
  const { method = '', url: target = '' } = request
  return sign({ method, target, headers, bodyHash }, signed.names, key) === authorization ? undefined : badSignature
}
