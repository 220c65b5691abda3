import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { permissionsPage } from '../../docs/permissions-page.ts'

it('docs/permissions.md is what the stacks say (else: npm run docs)', () => {
  expect(readFileSync('docs/permissions.md', 'utf8')).toBe(permissionsPage())
})
