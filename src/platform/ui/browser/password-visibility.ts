import { announce } from './announce.ts'

/** Uncovers the buttons that show a password while it is typed. */
export function showPasswords(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('.password-toggle')) {
    const field = document.getElementById(button.getAttribute('aria-controls') ?? '')
    if (!(field instanceof HTMLInputElement)) continue
    button.hidden = false
    button.addEventListener('click', () => {
      const shown = field.type === 'password'
      turn(field, button, shown)
      announce((shown ? button.dataset.shown : button.dataset.hidden) ?? '')
    })
    // A browser remembers the text of a visible field as something to suggest again.
    field.form?.addEventListener('submit', () => turn(field, button, false))
  }
}

function turn(field: HTMLInputElement, button: HTMLButtonElement, shown: boolean): void {
  field.type = shown ? 'text' : 'password'
  button.textContent = (shown ? button.dataset.hide : button.dataset.show) ?? ''
}
