import type { JSX } from 'preact'
import { Button } from '#platform/ui/form/button.tsx'
import { Form } from '#platform/ui/form/form.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import { inLanguage, type Language } from '#platform/words.ts'

const words = {
  name: { ja: 'お客様画面の確認', en: 'A look at the customer’s screens' },
  viewing: { ja: '通信事業者が確認中です（閲覧のみ）', en: 'The operator is looking (nothing can be changed)' },
  end: { ja: '終了する', en: 'End it' },
}

const formId = 'end-look'

interface ViewingBarProps {
  /** S-0042. */
  staff: string
  language: Language
  /** Its end. */
  form: { action: string; token: string }
}

/** That a member of staff looks, on every page of the look. */
export function ViewingBar({ staff, language, form }: ViewingBarProps): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <section class="alert-bar alert-bar-notice" aria-label={text.name}>
      <p>
        <span>
          <Icon name="users" />
          <b>{text.viewing}</b> <span class="number">{staff}</span>
        </span>
        <Button kind="secondary" small form={formId}>
          {text.end}
        </Button>
      </p>
      <Form form={form} id={formId} layout="plain">
        {null}
      </Form>
    </section>
  )
}
