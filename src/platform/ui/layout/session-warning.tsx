import type { JSX } from 'preact'
import { minutes } from '../../time/duration.ts'
import type { FormView } from '../../form.ts'
import { inLanguage, type Language } from '../../words.ts'
import { Button, ButtonLink, ButtonRow } from '../form/button.tsx'
import { Form } from '../form/form.tsx'

const warnBefore = 2 * minutes

const words = {
  heading: {
    ja: `あと${warnBefore / minutes}分でログアウトします`,
    en: `You will be logged out in ${warnBefore / minutes} minutes`,
  },
  soon: { ja: 'まもなくログアウトします', en: 'You will be logged out very soon' },
  idle: {
    ja: (limit: number) =>
      `操作がない状態が${limit}分続くと、ログアウトします。続ける場合は「延長」を押してください。入力中の内容はそのまま残ります。`,
    en: (limit: number) =>
      `You are logged out after ${limit} minutes without activity. To continue, press “Extend”. What you have typed stays.`,
  },
  limit: {
    ja: (limit: number) =>
      `ログインから${limit}時間で、操作中でもログアウトします。入力中の内容は、今のうちに保存してください。続ける場合は、もう一度ログインしてください。`,
    en: (limit: number) =>
      `A login lasts ${limit} hours, even while you work. Save now what you are typing. To continue, log in again.`,
  },
  extend: { ja: '延長', en: 'Extend' },
  goOn: { ja: '画面に戻る', en: 'Back to the page' },
  signOut: { ja: 'ログアウトする', en: 'Log out' },
  endedHeading: { ja: 'ログアウトしました', en: 'You have been logged out' },
  idleEnded: {
    ja: (limit: number) =>
      `操作がない状態が${limit}分続いたため、ログアウトしました。続ける場合は、もう一度ログインしてください。`,
    en: (limit: number) => `You were logged out after ${limit} minutes without activity. To continue, log in again.`,
  },
  limitEnded: {
    ja: (limit: number) =>
      `ログインから${limit}時間がたったため、ログアウトしました。続ける場合は、もう一度ログインしてください。`,
    en: (limit: number) => `You were logged out because a login lasts ${limit} hours. To continue, log in again.`,
  },
  endedElsewhere: {
    ja: 'ログアウトの操作をしたか、ほかの画面や管理者の操作により、ログアウトしました。続ける場合は、もう一度ログインしてください。',
    en: 'You have logged out, or were logged out from elsewhere. To continue, log in again.',
  },
  kept: {
    ja: '入力中の内容は、同じユーザーでログインすると復元されます。',
    en: 'What you have typed will be there again when the same user logs in.',
  },
  signIn: { ja: 'ログイン画面へ進む', en: 'Go to the login page' },
}

export interface SessionWarningProps {
  language: Language
  now: Date
  /** When the session ends unless it is used before. */
  endsAt: Date
  /** When it ends in any case: then it cannot be extended. */
  limitAt: Date
  idleMinutes: number
  limitHours: number
  /** Answers GET with `{ endsAt: number }` and does not count as use. */
  statePath: string
  /** Answers POST with `{ endsAt: number }`. */
  extend: Pick<FormView, 'action' | 'token'>
  signOut: Pick<FormView, 'action' | 'token'>
  signInPath: string
}

/** Opened by the script alone, two minutes before the end; without it the footer tells the limit. */
export function SessionWarning(props: SessionWarningProps): JSX.Element {
  const { language, idleMinutes, limitHours } = props
  const text = inLanguage(words, language)
  return (
    <dialog
      class="dialog"
      id="session-warning"
      aria-labelledby="session-warning-heading"
      data-ends-at={props.endsAt.getTime()}
      data-limit-at={props.limitAt.getTime()}
      data-now={props.now.getTime()}
      data-warn-before={warnBefore}
      data-state-url={props.statePath}
    >
      <div data-part="warning">
        <h2 id="session-warning-heading">
          <span data-left="all">{text.heading}</span>
          <span data-left="less" hidden>
            {text.soon}
          </span>
        </h2>
        <p data-end="idle">{text.idle(idleMinutes)}</p>
        <p data-end="limit" hidden>
          {text.limit(limitHours)}
        </p>
        <ButtonRow place="end">
          <Form form={props.signOut} layout="plain">
            <Button kind="secondary">{text.signOut}</Button>
          </Form>
          <div data-end="idle">
            <Form form={props.extend} layout="plain" id="session-extend">
              <Button autoFocus>{text.extend}</Button>
            </Form>
          </div>
          <form method="dialog" data-end="limit" hidden>
            <Button autoFocus>{text.goOn}</Button>
          </form>
        </ButtonRow>
      </div>
      <div data-part="ended" hidden>
        <h2 id="session-ended-heading">{text.endedHeading}</h2>
        <p data-end="idle">{text.idleEnded(idleMinutes)}</p>
        <p data-end="limit" hidden>
          {text.limitEnded(limitHours)}
        </p>
        <p data-end="elsewhere" hidden>
          {text.endedElsewhere}
        </p>
        <p data-typed hidden>
          {text.kept}
        </p>
        <ButtonRow place="end">
          <ButtonLink href={props.signInPath}>{text.signIn}</ButtonLink>
        </ButtonRow>
      </div>
    </dialog>
  )
}
