const key = 'typed'

/**
 * Puts back what a visitor typed into a form that was not taken. The server keeps nothing of it: it stays in this tab, and no
 * longer than until the next page. Passwords and codes are no such fields.
 */
export function keepTyped(): void {
  if (!document.body.classList.contains('visitor')) return
  const kept = take()
  if (kept?.path === location.pathname && document.getElementById('error-summary')) fill(kept.fields)
  document.addEventListener('submit', ({ target }) => {
    if (target instanceof HTMLFormElement) keep(target)
  })
}

interface Typed {
  path: string
  fields: Record<string, string>
}

const textFields = 'input[type=text], input[type=email], input[type=tel]'

function keep(form: HTMLFormElement): void {
  const fields = [...form.querySelectorAll<HTMLInputElement>(textFields)].map(
    ({ name, value }) => [name, value] as const,
  )
  const typed: Typed = { path: location.pathname, fields: Object.fromEntries(fields) }
  try {
    sessionStorage.setItem(key, JSON.stringify(typed))
  } catch {
    // A browser may allow no storage: then it is typed again.
  }
}

function take(): Typed | undefined {
  try {
    const kept = sessionStorage.getItem(key)
    sessionStorage.removeItem(key)
    // Nothing but `keep` writes it.
    return kept === null ? undefined : (JSON.parse(kept) as Typed)
  } catch {
    return undefined
  }
}

function fill(fields: Typed['fields']): void {
  for (const field of document.querySelectorAll<HTMLInputElement>(textFields)) field.value ||= fields[field.name] ?? ''
}
