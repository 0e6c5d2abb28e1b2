// Loaded into the portal's process beside its own code: tells how much of its memory is alive. Needs --expose-gc.
process.on('message', () => {
  globalThis.gc?.()
  process.send?.(process.memoryUsage())
})
process.channel?.unref()
