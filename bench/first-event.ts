// How long after the request the first event is there, in a warm process.
import { median, type Figure } from './measure.ts'
import { startService } from './service.ts'

export async function firstEvent(): Promise<Figure[]> {
  const service = await startService()
  const times: number[] = []
  for (let round = 0; round < 12; round += 1) {
    const startedAt = performance.now()
    const stop = new AbortController()
    const response = await fetch(`${service.url}/generate?algorithm_type=graph&difficulty=medium`, {
      signal: stop.signal,
    })
    let problemId: string | undefined
    for await (const chunk of response.body ?? []) {
      const text = Buffer.from(chunk).toString()
      problemId = /id: ([0-9a-f-]{36}):1/.exec(text)?.[1]
      if (problemId !== undefined) break
    }
    // The first two requests load code; a warm process is what is asked about.
    if (round >= 2) times.push(performance.now() - startedAt)
    await fetch(`${service.url}/generations/${problemId}`, { method: 'DELETE' })
    stop.abort()
    await settled(service.url, problemId ?? '')
  }
  await service.close()
  const value = median(times)
  return [
    {
      name: 'request to first event, warm process (median of 10)',
      value: `${value.toFixed(1)} ms`,
      target: '≤ 100 ms',
      met: value <= 100,
    },
  ]
}

/** Waits until the cancelled run is over, so that it does not disturb the next round. */
async function settled(url: string, problemId: string): Promise<void> {
  for (;;) {
    const { status } = (await (await fetch(`${url}/generations/${problemId}`)).json()) as { status: string }
    if (status !== 'PROCESSING') return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
