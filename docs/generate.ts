// `npm run docs`: writes docs/events.md from the contract, docs/findings.md from the catalogue, docs/permissions.md from the stacks.
// Tests fail when a page is stale.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { eventsPage } from './events-page.ts'
import { findingsPage } from './findings-page.ts'
import { permissionsPage } from './permissions-page.ts'

writeFileSync(path.join(import.meta.dirname, 'events.md'), eventsPage())
writeFileSync(path.join(import.meta.dirname, 'findings.md'), findingsPage())
writeFileSync(path.join(import.meta.dirname, 'permissions.md'), permissionsPage())
