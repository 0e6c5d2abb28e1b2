/** The box in the head of a list ticks all rows of the page, and the bar says how many are ticked. */
export function countTicks(): void {
  for (const page of document.querySelectorAll<HTMLInputElement>('[data-ticks-page]')) {
    const form = document.querySelector<HTMLFormElement>(`#${page.dataset.ticksPage}`)
    const boxes = [...document.querySelectorAll<HTMLInputElement>(`input[type=checkbox][form="${form?.id}"]`)]
    const count = form?.querySelector<HTMLElement>('[data-count]')
    const show = (): void => {
      const here = boxes.filter((box) => box.checked).length
      page.checked = here > 0 && here === boxes.length
      page.indeterminate = here > 0 && here < boxes.length
      if (!count) return
      const all = Number(count.dataset.elsewhere) + here
      count.textContent = (count.dataset.count ?? '').replace('{n}', all.toLocaleString(document.documentElement.lang))
    }
    page.addEventListener('change', () => {
      for (const box of boxes) box.checked = page.checked
      show()
    })
    for (const box of boxes) box.addEventListener('change', show)
    // A browser that comes back to the page has kept the boxes, and not what was counted.
    addEventListener('pageshow', show)
    show()
  }
}
