/** Keeps the digits of a one-time code, whatever spaces, hyphens or full-width digits come with it. */
export function cleanCodes(): void {
  for (const field of document.querySelectorAll<HTMLInputElement>('input[data-code=digits]')) {
    field.addEventListener('input', (event) => {
      // An input method is still at work on the text: changing it now would garble it.
      if (event instanceof InputEvent && event.isComposing) return
      clean(field)
    })
    field.addEventListener('compositionend', () => clean(field))
  }
}

function clean(field: HTMLInputElement): void {
  const text = field.value.normalize('NFKC')
  // Letters: somebody types a recovery code here, which the server reads as well.
  const cleaned = /[a-z]/i.test(text) ? text : text.replace(/\D/g, '')
  if (cleaned !== field.value) field.value = cleaned
}
