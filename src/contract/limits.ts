// Figures of the API that need no schema: what answers before anything else is loaded knows them too.

/** Most characters of a free-text wish. */
export const promptLimit = 2_000
/** Most bytes of a request body. */
export const bodyLimitBytes = 64 * 1024

/** So long the events of a run can be read; the problem stays. */
export const eventsKeptDays = 30
