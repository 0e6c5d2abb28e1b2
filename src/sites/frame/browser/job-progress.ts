import { ask, fieldOf } from '#platform/ui/browser/answer.ts'

/** In milliseconds: often at first, for most are short. */
const waits = [500, 1000, 1000, 2000]
const usualWait = 3000
/** About half an hour. */
const mostTimes = 600

/** Shows how far a job is; when it is over, the page is shown that says what came of it. */
export function followProgress(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-progress]')) look(place, 0)
}

function look(place: HTMLElement, times: number): void {
  setTimeout(async () => {
    const { body, refused } = await ask(place.dataset.progress ?? '')
    const [text, done, isOver] = (['text', 'done', 'isOver'] as const).map((name) => fieldOf(body, name))
    if (isOver === true || refused) return location.reload()
    const bar = place.querySelector('progress')
    if (bar && typeof done === 'number') bar.value = done
    const words = place.querySelector('[data-text]')
    if (words && typeof text === 'string') words.textContent = text
    if (times < mostTimes) look(place, times + 1)
  }, waits[times] ?? usualWait)
}
