import type { JSX } from 'preact'
import { Button } from '#platform/ui/form/button.tsx'
import { Form } from '#platform/ui/form/form.tsx'
import type { View } from '#platform/web/page.ts'
import { inLanguage, type Words } from '#platform/words.ts'
import { paths } from '../paths.ts'

const words = {
  wish: { ja: '故障・工事をメールで受け取る', en: 'Be told of faults and works by mail' },
  end: { ja: 'メール通知を停止する', en: 'Stop mails about this' },
}

export interface MailWishButtonProps {
  /** Of the page that it stands on, and comes back to. */
  view: Pick<View<unknown, Words>, 'form' | 'reader' | 'tokenFor'>
  about: { kind: 'service' | 'contract'; id: string }
  isWished: boolean
}

/** Wishes to be told of faults and works of one thing, or ends it. */
export function MailWishButton({
  view: { form, reader, tokenFor },
  about,
  isWished,
}: MailWishButtonProps): JSX.Element {
  const text = inLanguage(words, reader.language)
  return (
    <Form form={{ action: paths.setMailWish, token: tokenFor(paths.setMailWish) }} layout="plain">
      <input type="hidden" name="kind" value={about.kind} />
      <input type="hidden" name="id" value={about.id} />
      <input type="hidden" name="wanted" value={isWished ? 'off' : 'on'} />
      <input type="hidden" name="return" value={form.action} />
      <Button kind="quiet" small icon="mail">
        {isWished ? text.end : text.wish}
      </Button>
    </Form>
  )
}
