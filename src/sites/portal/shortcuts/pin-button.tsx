import type { JSX } from 'preact'
import type { Thing } from '#features/subjects/thing.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { Form } from '#platform/ui/form/form.tsx'
import type { View } from '#platform/web/page.ts'
import { inLanguage, type Words } from '#platform/words.ts'
import { paths } from '../paths.ts'

const words = {
  pin: { ja: 'ピン留めする', en: 'Pin' },
  unpin: { ja: 'ピン留めを外す', en: 'Unpin' },
  pinThis: { ja: (name: string) => `${name}をピン留めする`, en: (name: string) => `Pin ${name}` },
  unpinThis: { ja: (name: string) => `${name}のピン留めを外す`, en: (name: string) => `Unpin ${name}` },
}

export interface PinButtonProps {
  /** Of the page that it stands on, and comes back to. */
  view: Pick<View<unknown, Words>, 'form' | 'reader' | 'tokenFor'>
  thing: Thing
  isPinned: boolean
  /** Of the thing, where there are several such buttons. */
  name?: string
}

/** Pins a thing, or takes the pin out. */
export function PinButton({ view: { form, reader, tokenFor }, thing, isPinned, name }: PinButtonProps): JSX.Element {
  const text = inLanguage(words, reader.language)
  const label = name && (isPinned ? text.unpinThis(name) : text.pinThis(name))
  return (
    <Form form={{ action: paths.pin, token: tokenFor(paths.pin) }} layout="plain">
      <input type="hidden" name="kind" value={thing.kind} />
      <input type="hidden" name="id" value={thing.id} />
      <input type="hidden" name="wanted" value={isPinned ? 'off' : 'on'} />
      <input type="hidden" name="return" value={form.action} />
      <Button kind="quiet" small icon="pin" label={label}>
        {isPinned ? text.unpin : text.pin}
      </Button>
    </Form>
  )
}
