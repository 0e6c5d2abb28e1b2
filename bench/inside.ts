// Loaded into the portal's process beside its own code: tells how much of its memory is alive, and ends it when the bench
// has ended by force. Needs --expose-gc.
process.on('message', () => {
  globalThis.gc?.()
  process.send?.(process.memoryUsage())
})
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
