/** Between two looks, in milliseconds. */
const lookEvery = 200

/**
 * Ends this process as by SIGTERM when the npm that started it is killed, for npm cannot pass on its own violent end and the
 * program would hold its data folder and its ports unseen. Started by anything else, it may outlive its parent (nohup, a service).
 */
export function endWithNpm(): void {
  if (process.env['npm_lifecycle_event'] !== undefined) endWithParent()
}

/** Ends this process as by SIGTERM when whoever started it has ended. */
export function endWithParent(): void {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, lookEvery)
  watch.unref()
}
