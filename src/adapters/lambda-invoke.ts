// What calling a Lambda function needs of the SDK: a module of its own, because it is loaded late.
export { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
