import { announce } from './announce.ts'

/** From which part of the most on it is told how many characters are left. */
const fewLeft = 0.8
/** A pause in typing, in milliseconds. */
const pause = 1000

/** Says under a field how many characters are left, or too many: nothing that was typed or pasted is cut. */
export function countCharacters(): void {
  for (const count of document.querySelectorAll<HTMLElement>('.field-count')) {
    const field = count.closest('.field')?.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea')
    if (field) follow(field, count)
  }
}

function follow(field: HTMLInputElement | HTMLTextAreaElement, count: HTMLElement): void {
  const most = Number(count.dataset.most)
  let timer: ReturnType<typeof setTimeout> | undefined
  const show = (): void => {
    // As the server counts them: without spaces around.
    const { length } = field.value.trim()
    const isOver = length > most
    const text = (isOver ? count.dataset.over : count.dataset.left) ?? ''
    count.textContent = text.replace('#', String(Math.abs(most - length)))
    count.classList.toggle('field-count-over', isOver)
    count.hidden = length < most * fewLeft
  }
  field.addEventListener('input', () => {
    show()
    clearTimeout(timer)
    if (!count.hidden) timer = setTimeout(() => announce(count.textContent), pause)
  })
  show()
}
