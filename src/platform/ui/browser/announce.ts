let region: HTMLElement | undefined

/** Read out by screen readers, politely and without moving the focus. */
export function announce(text: string): void {
  region ??= makeRegion()
  const place = region
  place.textContent = ''
  // The same words twice are heard twice only when the region was empty in between.
  setTimeout(() => (place.textContent = text), 50)
}

function makeRegion(): HTMLElement {
  const made = document.createElement('p')
  made.className = 'visually-hidden'
  made.setAttribute('role', 'status')
  document.body.append(made)
  return made
}
