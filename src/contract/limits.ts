// Figures of the API that need no schema: what answers before anything else is loaded knows them too.

/** Most characters of a free-text wish. */
export const promptLimit = 2_000
/** Least that a run may be allowed to cost, in US dollars: less is not enough for one call. */
export const leastCostUsd = 0.001
export const mostCostUsd = 100
/** Most bytes of a request body. */
export const bodyLimitBytes = 64 * 1024

/** Who asks without a token where nobody has to sign in. */
export const localUserId = 'local'

/** So long the events of a run can be read; the problem stays. */
export const eventsKeptDays = 30
