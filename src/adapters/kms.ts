// What sealing a key needs of the SDK: a module of its own, because it is loaded late.
export { DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms'
