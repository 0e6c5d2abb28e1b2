import { ask, fieldOf } from '#platform/ui/browser/answer.ts'

/** So long an address may become. */
const longest = 8000

/** What the chosen groups give a user is told anew as soon as others are chosen. The server counts it. */
export function followGroups(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-abilities]')) {
    const form = place.closest('form')
    let asked = ''
    form?.addEventListener('change', () => {
      const valueOf = (selector: string): string[] =>
        [...form.querySelectorAll<HTMLInputElement>(selector)].map(({ value }) => value)
      const [role = ''] = valueOf('input[name=role]:checked')
      const query = new URLSearchParams({ groups: valueOf('input[type=hidden][name=groups]').join('.'), role })
      const url = `${place.dataset.abilities}?${query}`
      if (url === asked || url.length > longest) return
      asked = url
      void ask(url).then(({ body }) => {
        // Others were chosen meanwhile.
        if (asked === url) show(place, body)
      })
    })
  }
}

function show(place: HTMLElement, body: unknown): void {
  const lines = fieldOf(body, 'lines')
  if (!Array.isArray(lines)) return
  const isNothing = fieldOf(body, 'isNothing') === true
  const notice = place.closest('.notice')
  notice?.classList.toggle('notice-warning', isNothing)
  notice?.classList.toggle('notice-info', !isNothing)
  place.replaceChildren(
    ...lines.map((line: unknown) => {
      const [what, level, amount] = Array.isArray(line) ? line.map(String) : []
      const item = document.createElement('li')
      const mark = document.createElement('b')
      mark.textContent = level ?? ''
      item.append(what ?? '', mark, ` ${amount ?? ''}`)
      return item
    }),
  )
}
