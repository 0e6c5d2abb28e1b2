/** Asks before a page is left with changes that were not sent. */
export function guardLeaving(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-guard]')) {
    let changed = false
    form.addEventListener('input', () => (changed = true))
    form.addEventListener('submit', () => (changed = false))
    addEventListener('beforeunload', (event) => {
      if (changed) event.preventDefault()
    })
  }
}
