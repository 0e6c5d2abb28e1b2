import type { JSX } from 'preact'
import type { FormView } from '../form.ts'
import { inLanguage, type Language } from '../words.ts'
import { Button, ButtonLink, ButtonRow } from './button.tsx'
import { Form } from './form.tsx'

const minute = 60_000
const warnBefore = 2 * minute

const words = {
  heading: { ja: 'あと2分でログアウトします', en: 'You will be logged out in 2 minutes' },
  text: {
    ja: (minutes: number) =>
      `${minutes}分間操作がありませんでした。続ける場合は「延長」を押してください。入力中の内容は保持されます。`,
    en: (minutes: number) =>
      `Nothing has happened for ${minutes} minutes. To continue, press “Extend”. What you have typed is kept.`,
  },
  extend: { ja: '延長', en: 'Extend' },
  signOut: { ja: 'ログアウトする', en: 'Log out' },
  endedHeading: { ja: 'ログアウトしました', en: 'You have been logged out' },
  endedText: {
    ja: (minutes: number) =>
      `操作がない状態が${minutes}分続いたため、ログアウトしました。続ける場合は、もう一度ログインしてください。`,
    en: (minutes: number) => `Nothing had happened for ${minutes} minutes. To continue, log in again.`,
  },
  signIn: { ja: 'ログイン画面へ進む', en: 'Go to login' },
}

export interface SessionWarningProps {
  language: Language
  now: Date
  endsAt: Date
  idleMinutes: number
  /** Answers GET with `{ endsAt: number }` and does not count as use. */
  statePath: string
  /** Answers POST with `{ endsAt: number }`. */
  extend: Pick<FormView, 'action' | 'token'>
  signOut: Pick<FormView, 'action' | 'token'>
  signInPath: string
}

/** Opened by the script alone, two minutes before the end; without it the footer tells the limit. */
export function SessionWarning(props: SessionWarningProps): JSX.Element {
  const { language, idleMinutes } = props
  const text = inLanguage(words, language)
  return (
    <dialog
      class="dialog"
      id="session-warning"
      aria-labelledby="session-warning-heading"
      data-ends-at={props.endsAt.getTime()}
      data-now={props.now.getTime()}
      data-warn-before={warnBefore}
      data-state-url={props.statePath}
    >
      <div data-part="warning">
        <h2 id="session-warning-heading">{text.heading}</h2>
        <p>{text.text(idleMinutes - warnBefore / minute)}</p>
        <ButtonRow place="end">
          <Form form={props.signOut} layout="plain">
            <Button kind="secondary">{text.signOut}</Button>
          </Form>
          <Form form={props.extend} layout="plain" id="session-extend">
            <Button autoFocus>{text.extend}</Button>
          </Form>
        </ButtonRow>
      </div>
      <div data-part="ended" hidden>
        <h2 id="session-ended-heading">{text.endedHeading}</h2>
        <p>{text.endedText(idleMinutes)}</p>
        <ButtonRow place="end">
          <ButtonLink href={props.signInPath}>{text.signIn}</ButtonLink>
        </ButtonRow>
      </div>
    </dialog>
  )
}
