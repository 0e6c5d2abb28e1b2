import { announce } from './announce.ts'

/** Uncovers the buttons that copy a text of the page. */
export function copyTexts(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
    button.hidden = false
    button.addEventListener('click', () => {
      void navigator.clipboard.writeText(button.dataset.copy ?? '').then(() => announce(button.dataset.copied ?? ''))
    })
  }
}
