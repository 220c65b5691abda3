// What reading a secret needs of the SDK: a module of its own, because it is loaded late.
export { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
