/** A list is shown anew as soon as a size is chosen, and printed by its button, or by itself where it was asked for on paper. */
export function serveLists(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-send-on-change]'))
    form.addEventListener('change', () => {
      // Its button may belong to another form, which is to be sent along.
      const button = form.querySelector('button')
      const sent = button?.form ?? form
      sent.requestSubmit(button)
    })
  for (const button of document.querySelectorAll('[data-print]')) button.addEventListener('click', () => window.print())
  if (document.querySelector('[data-print="now"]')) window.print()
}
