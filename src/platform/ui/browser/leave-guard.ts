/** Asks before a page is left with changes that were not sent. */
export function guardLeaving(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-guard]')) {
    form.addEventListener('input', () => (form.dataset.changed = ''))
    form.addEventListener('submit', () => delete form.dataset.changed)
    addEventListener('beforeunload', (event) => {
      if (form.dataset.changed !== undefined) event.preventDefault()
    })
  }
}
