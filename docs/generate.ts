// `npm run docs`: writes docs/events.md from the contract and docs/findings.md from the catalogue. Tests fail when a page is stale.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { eventsPage } from './events-page.ts'
import { findingsPage } from './findings-page.ts'

writeFileSync(path.join(import.meta.dirname, 'events.md'), eventsPage())
writeFileSync(path.join(import.meta.dirname, 'findings.md'), findingsPage())
