// `npm run docs`: writes docs/events.md from the contract. A test fails when the page is stale.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { eventsPage } from './events-page.ts'

writeFileSync(path.join(import.meta.dirname, 'events.md'), eventsPage())
