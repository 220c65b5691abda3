/**
 * A value that is made when it is first asked for, and then the same each time. Mostly for schemas: a new environment's first
 * answer waits for all that is built when a module is run.
 */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
