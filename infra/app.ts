// The CDK app: `npx cdk synth`, `npx cdk deploy`.
import { App } from 'aws-cdk-lib'
import { addStacks } from './deployment.ts'

addStacks(new App())
