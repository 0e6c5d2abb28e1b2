/** Brings the focus to what is wrong, and from there to the field. */
export function focusErrorSummary(): void {
  const summary = document.getElementById('error-summary')
  if (!summary) return
  summary.focus()
  for (const link of summary.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')) {
    link.addEventListener('click', (event) => {
      const field = document.getElementById(link.hash.slice(1))
      if (!field) return
      event.preventDefault()
      field.focus({ preventScroll: true })
      // In the middle: the label above it stays in sight.
      field.scrollIntoView({ block: 'center' })
    })
  }
}
