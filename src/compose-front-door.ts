// Environment → the generator function's front door. Apart from compose.ts, which is loaded behind it: what is imported here
// is all that a new environment loads before its first answer.
import { systemClock } from './adapters/clock.ts'
import { writeErrorLine } from './adapters/error-line.ts'
import { commaSeparated } from './comma-separated.ts'
import type { FrontDoorConfig, Service } from './http/front-door.ts'

/** The front door's settings, and what loads the service behind it. Reads the environment as it is now. */
export function composeFrontDoor(): { config: FrontDoorConfig; load: () => Promise<Service> } {
  const variables = { ...process.env }
  const { STAGE, ALLOWED_ORIGINS, COGNITO_ISSUER_URL: issuer, COGNITO_APP_CLIENT_ID: clientId } = variables
  return {
    config: {
      isLocal: STAGE === 'local',
      allowedOrigins: commaSeparated(ALLOWED_ORIGINS),
      tokenRules: issuer === undefined || clientId === undefined ? undefined : { issuer, clientId },
      clock: systemClock,
    },
    load: async () => {
      try {
        const { composeService } = await import('./compose.ts')
        return composeService(variables)
      } catch (error) {
        await report(error, STAGE ?? 'local')
        throw error
      }
    },
  }
}

async function report(error: unknown, stage: string): Promise<void> {
  const [service, message] = ['generator', 'the service cannot start'] as const
  try {
    const { createLog } = await import('./adapters/log.ts')
    createLog({ service, stage }).error(message, { error })
  } catch {
    // What keeps the log from loading has most likely kept the service, too.
    writeErrorLine(service, message, error)
  }
}
