/** Counts times down that are left: the page says how long it was when it was made. */
export function countDown(): void {
  const begun = performance.now()
  const clocks = document.querySelectorAll<HTMLElement>('[data-count-down]')
  if (clocks.length === 0) return
  const tick = (): void => {
    for (const clock of clocks) {
      const left = Math.max(0, Number(clock.dataset.countDown) - (performance.now() - begun))
      const seconds = Math.ceil(left / 1000)
      clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
    }
  }
  setInterval(tick, 1000)
}
