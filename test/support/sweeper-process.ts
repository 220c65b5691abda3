// The sweeper function in a process of its own: sweeps once whenever it is told to, and says what it did.
const lifetimeMs = 900_000
const { handler } = await import('../../src/lambda/sweep.ts')

process.on('message', () => {
  const startedAt = performance.now()
  void handler({}, { getRemainingTimeInMillis: () => Math.round(lifetimeMs - (performance.now() - startedAt)) }).then(
    (result) => process.send?.({ type: 'swept', result }),
  )
})
process.once('disconnect', () => process.exit())
process.send?.({ type: 'ready', url: '' })
