import { ask, fieldOf } from '#platform/ui/browser/answer.ts'

const firstWait = 1500
const wait = 5000
const times = 11

/** Keeps the words on a mail's delivery up to date for the first minute. */
export function watchMailState(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-poll-url]')) {
    setTimeout(() => void look(place, times), firstWait)
  }
}

async function look(place: HTMLElement, left: number): Promise<void> {
  const { body } = await ask(place.dataset.pollUrl ?? '')
  const text = fieldOf(body, 'text')
  // Equal words are not set again: a screen reader would read them again.
  if (typeof text === 'string' && text !== place.textContent) place.textContent = text
  if (left > 1) setTimeout(() => void look(place, left - 1), wait)
}
