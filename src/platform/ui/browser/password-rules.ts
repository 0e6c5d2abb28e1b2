import { foldLoosely, isCloseTo } from '../../security/close-to.ts'

/** Ticks the rules that a new password meets while it is typed. The server judges; one rule only it can. */
export function checkPasswordRules(): void {
  for (const list of document.querySelectorAll<HTMLElement>('[data-rules-for]')) {
    const field = document.getElementById(list.dataset.rulesFor ?? '')
    if (!(field instanceof HTMLInputElement)) continue
    const { least, most, words } = list.dataset
    const check = (): void => {
      const { length } = Array.from(field.value)
      tick(list, 'length', length >= Number(least) && length <= Number(most))
      tick(list, 'own', length > 0 && !isCloseTo(foldLoosely(field.value), (words ?? '').split('\n')))
    }
    field.addEventListener('input', check)
    check()
  }
}

function tick(list: HTMLElement, rule: string, isMet: boolean): void {
  const item = list.querySelector<HTMLElement>(`[data-rule=${rule}]`)
  const told = item?.querySelector('[data-told]')
  if (!item || !told) return
  item.dataset.met = String(isMet)
  told.textContent = (isMet ? list.dataset.met : list.dataset.unmet) ?? ''
}
