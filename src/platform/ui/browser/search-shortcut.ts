/** "/" goes to the search of the header, unless the reader has turned single keys off. */
export function searchBySlash(): void {
  const search = document.getElementById('site-search')
  if (!search || 'noShortcut' in document.documentElement.dataset) return
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    if (isTyping(event.target) || !search.checkVisibility() || document.querySelector('dialog[open]')) return
    event.preventDefault()
    search.focus()
  })
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
}
