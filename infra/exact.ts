// The one place where the CDK's types and ours are brought together.

/** The same properties, each of which may be undefined. */
type Loose<T> = { [Name in keyof T]: T[Name] | undefined }

/**
 * A construct as the interface that other constructs take. The classes of aws-cdk-lib say `undefined` where its interfaces
 * say absent, which `exactOptionalPropertyTypes` tells apart and the CDK does not.
 */
export function exact<T>(construct: Loose<T>): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the two differ in nothing but what is said above
  return construct as T
}
