// How long the SDK's clients for small, quick calls (a key, a secret) try: a run waits for them.

/** Settings of such a client. Nothing goes to another endpoint unless one is given. */
export function smallCalls({ region, endpoint }: { readonly region: string; readonly endpoint?: string | undefined }) {
  return {
    region,
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
    ...(endpoint === undefined ? {} : { endpoint }),
  }
}
