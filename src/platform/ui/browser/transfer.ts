import { announce } from './announce.ts'

/** From so many entries on a list can be filtered. */
const filteredFrom = 11

/** What is ticked moves between two lists without a round trip, and long lists can be filtered; the form sends the same. */
export function moveBetweenLists(): void {
  for (const transfer of document.querySelectorAll<HTMLElement>('[data-transfer]')) serve(transfer)
}

function serve(transfer: HTMLElement): void {
  const panes = [...transfer.querySelectorAll<HTMLElement>('.transfer-pane')]
  const [from, to] = panes
  const buttons = transfer.querySelectorAll('button')
  if (!from || !to || buttons.length !== 2) return
  for (const [at, button] of buttons.entries())
    button.addEventListener('click', (event) => {
      const [source, target] = at === 0 ? [from, to] : [to, from]
      event.preventDefault()
      if (!move(source, target)) return
      keep(transfer, to)
      for (const pane of panes) show(pane)
      announce((transfer.dataset.moved ?? '').replace('#', to.querySelector('.transfer-head')?.textContent ?? ''))
      // For whoever guards the form, or tells what follows from it.
      transfer.dispatchEvent(new Event('input', { bubbles: true }))
      transfer.dispatchEvent(new Event('change', { bubbles: true }))
    })
  for (const pane of panes) {
    addFilter(pane, transfer.dataset.filter ?? '')
    show(pane)
  }
}

const rowsOf = (pane: HTMLElement): HTMLElement[] => [...pane.querySelectorAll('li')]
const boxIn = (row: HTMLElement): HTMLInputElement | null => row.querySelector('input')
/** Under which its boxes stand. */
const nameOf = (pane: HTMLElement): string => pane.getAttribute('aria-labelledby')?.slice('transfer-'.length) ?? ''
const placeOf = (row: HTMLElement): number => Number(row.dataset.place)
const filterOf = (pane: HTMLElement): HTMLInputElement | null => pane.querySelector('input[type=search]')

function addFilter(pane: HTMLElement, label: string): void {
  const place = document.createElement('p')
  const filter = document.createElement('input')
  place.className = 'transfer-filter'
  Object.assign(filter, { type: 'search', className: 'input', autocomplete: 'off' })
  filter.setAttribute('aria-label', label.replace('#', pane.querySelector('.transfer-head span')?.textContent ?? ''))
  filter.addEventListener('input', () => show(pane))
  place.append(filter)
  pane.querySelector('.transfer-head')?.after(place)
}

/** Each comes to where it stood among all. Whether there was one. */
function move(source: HTMLElement, target: HTMLElement): boolean {
  const list = target.querySelector('ul')
  const ticked = rowsOf(source).filter((row) => boxIn(row)?.checked)
  for (const row of ticked) {
    const box = boxIn(row)
    if (box) Object.assign(box, { checked: false, name: nameOf(target) })
    list?.insertBefore(row, rowsOf(target).find((other) => placeOf(other) > placeOf(row)) ?? null)
  }
  return ticked.length > 0
}

/** What stands on the right is what the form says is chosen. */
function keep(transfer: HTMLElement, chosen: HTMLElement): void {
  const form = transfer.closest('form')
  const name = transfer.dataset.transfer ?? ''
  for (const former of form?.querySelectorAll(`input[type=hidden][name="${name}"]`) ?? []) former.remove()
  for (const row of rowsOf(chosen)) {
    const kept = document.createElement('input')
    Object.assign(kept, { type: 'hidden', name, value: boxIn(row)?.value ?? '' })
    transfer.append(kept)
  }
}

/** The count, the filter where there are many, and that there is nothing. */
function show(pane: HTMLElement): void {
  const rows = rowsOf(pane)
  const filter = filterOf(pane)
  const terms = folded(filter?.value ?? '')
    .split(/\s+/)
    .filter(Boolean)
  for (const row of rows) row.hidden = !terms.every((term) => folded(row.textContent).includes(term))
  const count = pane.querySelector('.transfer-head :last-child')
  if (count) count.textContent = count.textContent.replace(/\d+/, String(rows.length))
  const nothing = pane.querySelector<HTMLElement>('.transfer-none')
  if (nothing) nothing.hidden = rows.some((row) => !row.hidden)
  if (filter?.parentElement) filter.parentElement.hidden = rows.length < filteredFrom && filter.value === ''
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase()
