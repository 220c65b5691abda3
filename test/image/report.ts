// What was checked and how it went: one line each as it happens, and a sum at the end.

let passed = 0
let failed = 0

/** One check that is done; it passed when there are no problems. */
export function note(name: string, problems: readonly string[], figure = ''): void {
  if (problems.length === 0) passed += 1
  else failed += 1
  console.log(`  ${problems.length === 0 ? '✓' : '✗'} ${name}${figure === '' ? '' : ` (${figure})`}`)
  for (const problem of problems) console.log(`      ${problem}`)
}

/** Makes a check and notes how long it took. What it throws is a problem. */
export async function check(name: string, work: () => Promise<readonly string[]>): Promise<void> {
  const startedAt = performance.now()
  const problems = await work().catch((error: unknown) => [String(error)])
  note(name, problems, `${Math.round(performance.now() - startedAt)} ms`)
}

/** Prints the sum; whether all passed. */
export function sumUp(): boolean {
  console.log(`\n${passed} checks passed, ${failed} failed`)
  return failed === 0
}
