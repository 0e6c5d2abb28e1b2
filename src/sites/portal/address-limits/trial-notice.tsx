import type { JSX } from 'preact'
import type { AddressLimit } from '#features/address-limits/find.ts'
import { Button, ButtonRow } from '#platform/ui/form/button.tsx'
import { Form } from '#platform/ui/form/form.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { TimeLeft } from '#platform/ui/text/time-left.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { paths } from '../paths.ts'

const words = {
  before: { ja: '試行中：あと', en: 'On trial: in ' },
  after: { ja: 'で元の設定に戻ります', en: ' the former settings apply again' },
  by: {
    ja: (name: string) => `${name}さんの変更を試行しています。新しい設定でアクセスできています。`,
    en: (name: string) => `A change by ${name} is on trial. You have access with the new settings.`,
  },
  confirm: { ja: '確定する', en: 'Confirm' },
  undo: { ja: '元に戻す', en: 'Undo' },
}

interface TrialNoticeProps {
  trial: NonNullable<AddressLimit['trial']>
  reader: Reader
  tokenFor: (path: string) => string
}

/** What is on trial, how long still, and the two ways to end it. */
export function TrialNotice({ trial, reader, tokenFor }: TrialNoticeProps): JSX.Element {
  const text = inLanguage(words, reader.language)
  const form = (action: string): { action: string; token: string } => ({ action, token: tokenFor(action) })
  return (
    <Notice
      kind="warning"
      icon="clock"
      heading={
        <>
          {text.before} <TimeLeft endsAt={trial.endsAt} now={reader.now} /> {text.after}
        </>
      }
      label={text.before}
      action={
        <ButtonRow>
          <Form form={form(paths.endAddressTrial)} layout="plain">
            <Button kind="secondary" small>
              {text.undo}
            </Button>
          </Form>
          <Form form={form(paths.confirmAddressTrial)} layout="plain">
            <Button small>{text.confirm}</Button>
          </Form>
        </ButtonRow>
      }
    >
      {text.by(trial.by)}
    </Notice>
  )
}
