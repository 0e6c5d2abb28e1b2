import { ask, fieldOf } from './answer.ts'

/** A timer and an answer take a moment; what is left by then still counts as all of it. */
const moment = 10_000

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
    // Another tab may have ended the session meanwhile.
    if (!document.hidden) void look(watch)
  })
  wait(watch)
}

interface Watch {
  dialog: HTMLDialogElement
  /** Milliseconds since 1970 on the clock of this machine. */
  endsAt: number
  /** Where `endsAt` is this, the session cannot be extended. */
  limitAt: number
  /** Milliseconds. */
  warnBefore: number
  /** How far the clock of this machine is ahead of the server's, in milliseconds. */
  ahead: number
  ended: boolean
  timer: ReturnType<typeof setTimeout> | undefined
}

function watchOf(dialog: HTMLDialogElement): Watch {
  const { endsAt, limitAt, warnBefore, now } = dialog.dataset
  const ahead = now === undefined ? 0 : Date.now() - Number(now)
  return {
    dialog,
    endsAt: Number(endsAt) + ahead,
    limitAt: Number(limitAt) + ahead,
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
  watch.timer = setTimeout(() => void look(watch), Math.max(untilNext(watch), 0))
}

/** The warning, the change of its heading, the end. */
function untilNext(watch: Watch): number {
  if (!watch.dialog.open) return left(watch) - watch.warnBefore
  return isAllLeft(watch) ? left(watch) - watch.warnBefore + moment : left(watch)
}

function isAllLeft(watch: Watch): boolean {
  return left(watch) > watch.warnBefore - moment
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
  if (refused || left(watch) <= 0) return end(watch, refused && left(watch) > moment)
  if (left(watch) > watch.warnBefore) watch.dialog.close()
  else warn(watch)
  wait(watch)
}

function warn(watch: Watch): void {
  choose(watch.dialog, 'left', isAllLeft(watch) ? 'all' : 'less')
  tellWhy(watch)
  if (!watch.dialog.open) watch.dialog.showModal()
}

/** Because nothing happens, or because the session has lasted long enough. */
function tellWhy({ dialog, endsAt, limitAt }: Watch): void {
  choose(dialog, 'end', endsAt === limitAt ? 'limit' : 'idle')
}

function choose(dialog: HTMLDialogElement, of: 'part' | 'end' | 'left', chosen: string): void {
  for (const one of dialog.querySelectorAll<HTMLElement>(`[data-${of}]`)) one.hidden = one.dataset[of] !== chosen
}

/** Goes nowhere by itself. What was typed is sent by the link to the login, which keeps it. */
function end(watch: Watch, isElsewhere: boolean): void {
  if (watch.ended) return
  watch.ended = true
  clearTimeout(watch.timer)
  const { dialog } = watch
  choose(dialog, 'part', 'ended')
  if (isElsewhere) choose(dialog, 'end', 'elsewhere')
  else tellWhy(watch)
  keepTyped(dialog)
  dialog.setAttribute('aria-labelledby', 'session-ended-heading')
  if (!dialog.open) dialog.showModal()
  dialog.querySelector<HTMLElement>('[data-part=ended] a')?.focus()
}

/** The server keeps a form that comes too late, and leads to the login. */
function keepTyped(dialog: HTMLDialogElement): void {
  const form = document.querySelector<HTMLFormElement>('form[data-guard][data-changed]')
  const note = dialog.querySelector<HTMLElement>('[data-typed]')
  if (!form || !note) return
  note.hidden = false
  dialog.querySelector('[data-part=ended] a')?.addEventListener('click', (event) => {
    event.preventDefault()
    form.requestSubmit()
  })
}

function fieldsOf(form: HTMLFormElement): URLSearchParams {
  const fields = new URLSearchParams()
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') fields.append(name, value)
  }
  return fields
}
