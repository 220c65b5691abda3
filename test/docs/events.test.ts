import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { eventsPage } from '../../docs/events-page.ts'

it('docs/events.md is what the contract says (else: npm run docs)', () => {
  expect(readFileSync('docs/events.md', 'utf8')).toBe(eventsPage())
})
