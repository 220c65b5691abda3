// A run whose command was killed in the middle, and the command that goes on with it.
import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Workplace } from './command.ts'

let place: Workplace
beforeEach(async () => {
  place = await Workplace.open()
})
afterEach(() => place.close())

test('a run that was killed is gone on with where it was, once', async () => {
  const none = await place.run(['resume'])
  expect(none.code).toBe(2)
  expect(none.stderr).toContain('끊긴 생성이 없습니다')

  const first = place.start(['-a', '그래프', '-d', '쉬움', '--seed', '7'])
  await first.says('G3 ')
  first.child.kill('SIGKILL')
  await once(first.child, 'close')
  const told = (await first.finished).stdout.split('\n').filter((line) => / G\d+ /.test(line))

  expect((await place.run(['resume', 'ffff'])).stderr).toMatch(/끊긴 생성:\n[0-9a-f-]{36}/)
  const second = await place.run(['resume', '--seed', '8'])
  expect(second).toMatchObject({ code: 0, stderr: '' })
  expect(second.stdout).toContain('그래프 · 쉬움')
  // The same beginning, told from the table, and nothing is proved twice.
  const lines = second.stdout.split('\n').filter((line) => / G\d+ /.test(line))
  expect(lines.slice(0, told.length)).toEqual(told)
  expect(lines.filter((line) => line.includes(' G3 '))).toHaveLength(1)

  const [problemId = ''] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(second.stdout) ?? []
  const again = await place.run(['resume', problemId, '--locale', 'en', '--json'])
  expect(again.code).toBe(2)
  expect(again.stdout).toContain('"code":"already-ended"')
  expect(again.stdout).toContain(`show ${problemId} shows its problem`)
  // Whoever is killed cannot remove a folder, but no process stays in it.
  expect((await place.leftovers()).filter((left) => left.includes('/'))).toEqual([])
})
