import { ask, fieldOf } from './answer.ts'

/** Says when the session is about to end, lets the reader extend it, and says when it has ended. */
export function warnBeforeSessionEnds(): void {
  const dialog = document.getElementById('session-warning')
  if (!(dialog instanceof HTMLDialogElement)) return
  const watch = watchOf(dialog)
  dialog.querySelector('#session-extend')?.addEventListener('submit', (event) => {
    event.preventDefault()
    if (event.target instanceof HTMLFormElement) void extend(watch, event.target)
  })
  // Timers stand still while a machine sleeps or a tab is put away.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) wait(watch)
  })
  wait(watch)
}

interface Watch {
  dialog: HTMLDialogElement
  /** Milliseconds since 1970 on the clock of this machine. */
  endsAt: number
  /** Milliseconds. */
  warnBefore: number
  /** How far the clock of this machine is ahead of the server's, in milliseconds. */
  ahead: number
  ended: boolean
  timer: ReturnType<typeof setTimeout> | undefined
}

function watchOf(dialog: HTMLDialogElement): Watch {
  const { endsAt, warnBefore, now } = dialog.dataset
  const ahead = now === undefined ? 0 : Date.now() - Number(now)
  return {
    dialog,
    endsAt: Number(endsAt) + ahead,
    warnBefore: Number(warnBefore),
    ahead,
    ended: false,
    timer: undefined,
  }
}

function left({ endsAt }: Watch): number {
  return endsAt - Date.now()
}

function wait(watch: Watch): void {
  clearTimeout(watch.timer)
  if (watch.ended) return
  const untilNext = watch.dialog.open ? left(watch) : left(watch) - watch.warnBefore
  watch.timer = setTimeout(() => void look(watch), Math.max(untilNext, 0))
}

/** The session may have been used or ended in another tab: the server knows. */
async function look(watch: Watch): Promise<void> {
  const answer = await ask(watch.dialog.dataset.stateUrl ?? '')
  follow(watch, answer.body, answer.refused)
}

async function extend(watch: Watch, form: HTMLFormElement): Promise<void> {
  const answer = await ask(form.action, { method: 'POST', body: fieldsOf(form) })
  follow(watch, answer.body, answer.refused)
}

/** Without an answer, what was known still holds. */
function follow(watch: Watch, body: unknown, refused: boolean): void {
  const endsAt = fieldOf(body, 'endsAt')
  if (typeof endsAt === 'number') watch.endsAt = endsAt + watch.ahead
  if (refused || left(watch) <= 0) return end(watch)
  if (left(watch) > watch.warnBefore) watch.dialog.close()
  else if (!watch.dialog.open) watch.dialog.showModal()
  wait(watch)
}

/** Goes nowhere: what was typed stays on the page to be copied. */
function end(watch: Watch): void {
  watch.ended = true
  clearTimeout(watch.timer)
  const { dialog } = watch
  for (const part of dialog.querySelectorAll<HTMLElement>('[data-part]')) part.hidden = part.dataset.part !== 'ended'
  dialog.setAttribute('aria-labelledby', 'session-ended-heading')
  if (!dialog.open) dialog.showModal()
  dialog.querySelector<HTMLElement>('[data-part=ended] a')?.focus()
}

function fieldsOf(form: HTMLFormElement): URLSearchParams {
  const fields = new URLSearchParams()
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') fields.append(name, value)
  }
  return fields
}
