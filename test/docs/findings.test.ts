import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { findingsPage } from '../../docs/findings-page.ts'

it('docs/findings.md is what the catalogue says (else: npm run docs)', () => {
  expect(readFileSync('docs/findings.md', 'utf8')).toBe(findingsPage())
})
