// A stand-in for AWS Secrets Manager on loopback: GetSecretValue of one secret, which a test can rotate.
import * as z from 'zod'
import { type AwsJsonServer, startAwsJson } from '../aws-json.ts'

export interface SecretsManagerStandIn extends AwsJsonServer {
  readonly secretArn: string
  rotate(text: string): void
}

const secretArn = 'arn:aws:secretsmanager:ap-northeast-2:000000000000:secret:alpaco-model-key-AbCdEf'
const askedSchema = z.object({ SecretId: z.string() })

/** Starts the stand-in. */
export async function startSecretsManager(first: string): Promise<SecretsManagerStandIn> {
  let text = first
  const server = await startAwsJson({
    GetSecretValue: (asked) =>
      askedSchema.safeParse(asked).data?.SecretId === secretArn
        ? { ARN: secretArn, Name: 'alpaco-model-key', SecretString: text, VersionStages: ['AWSCURRENT'] }
        : 'ResourceNotFoundException',
  })
  return { ...server, secretArn, rotate: (next) => (text = next) }
}
