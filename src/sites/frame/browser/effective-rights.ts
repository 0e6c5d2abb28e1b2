type Level = 'none' | 'view' | 'edit'

const ranks: readonly string[] = ['none', 'view', 'edit']
/** From the widest to the narrowest: of equal ones, the narrowest is named. */
const layers = ['all', 'service', 'contract'] as const

/** 「有効な権限」 follows the choices of a page before anything is sent, and the bar counts them. The server stays the judge. */
export function followChoices(): void {
  const parts = document.querySelector('#effective-parts')
  const form = document.querySelector<HTMLFormElement>('form:has(.segments)')
  if (!parts || !form) return
  const show = (): void => {
    for (const place of form.querySelectorAll<HTMLElement>('[data-follows]')) showResult(place, parts)
    countChanges(form)
  }
  form.addEventListener('change', show)
  // A browser that comes back to the page has kept the choices.
  addEventListener('pageshow', show)
}

function chosenIn(name: string): Level | undefined {
  const value = document.querySelector<HTMLInputElement>(`input[name="right.${name}"]:checked`)?.value
  return ranks.includes(value ?? '') ? (value as Level) : undefined
}

function showResult(place: HTMLElement, parts: Element): void {
  const { follows = '', layer = '', given = '{}', singles = '{}' } = place.dataset
  // What the server has written there.
  const known = JSON.parse(given) as Record<string, Level | null>
  const levels = layers.map((each): Level => {
    if (each === layer) return chosenIn(follows) ?? known[each] ?? 'none'
    return (each === 'all' ? chosenIn('all') : undefined) ?? known[each] ?? 'none'
  })
  const highest = levels.reduce((one, other) => (ranks.indexOf(other) > ranks.indexOf(one) ? other : one))
  const by = highest === 'none' ? undefined : layers[levels.lastIndexOf(highest)]
  const texts = JSON.parse(singles) as Record<Level, string>
  const [mark, why, more] = place.children
  mark?.replaceWith(parts.querySelector(`[data-level="${highest}"]`)?.cloneNode(true) ?? '')
  if (why) why.textContent = (by && parts.querySelector(`[data-layer="${by}"]`)?.textContent) ?? ''
  if (more) more.textContent = texts[highest]
  place.classList.toggle('effective-none', highest === 'none')
}

/** How many choices differ from what the page showed: they are not sent yet. */
function countChanges(form: HTMLFormElement): void {
  const place = form.querySelector<HTMLElement>('[data-unsent]')
  if (!place) return
  const changed = [...form.querySelectorAll<HTMLInputElement>('.segments input:checked')].filter(
    (input) =>
      form.querySelector<HTMLInputElement>(`input[name="was.${input.name.slice('right.'.length)}"]`)?.value !==
      input.value,
  )
  place.hidden = changed.length === 0
  place.textContent = (place.dataset.unsent ?? '').replace('{n}', String(changed.length))
}
