import type { ComponentChildren, JSX } from 'preact'
import { inLanguage, type Language } from '../../words.ts'
import { Icon } from '../text/icon.tsx'

const words = {
  pieces: { ja: (n: number) => `${n}件`, en: (n: number) => String(n) },
  error: { ja: 'エラー：', en: 'Error: ' },
  none: { ja: 'なし', en: 'None' },
}

export interface TransferList {
  label: string
  /** Of the boxes. */
  name: string
  items: readonly { id: string; label: string }[]
  ticked: string | readonly string[] | undefined
}

export interface TransferProps {
  id: string
  language: Language
  from: TransferList
  to: TransferList
  problem: string | undefined
  /** The buttons between the lists, which send what is ticked. */
  children: ComponentChildren
}

/** Two lists of boxes, between which what is ticked is moved by a button. */
export function Transfer({ id, language, from, to, problem, children }: TransferProps): JSX.Element {
  return (
    <div id={id} tabIndex={-1}>
      <div class="transfer">
        <Pane language={language} list={from} />
        <div class="transfer-buttons">{children}</div>
        <Pane language={language} list={to} />
      </div>
      {problem !== undefined && (
        <p class="field-problem">
          <Icon name="alert" />
          <span>
            <span class="visually-hidden">{inLanguage(words, language).error}</span>
            {problem}
          </span>
        </p>
      )}
    </div>
  )
}

function Pane({
  language,
  list: { label, name, items, ticked },
}: {
  language: Language
  list: TransferList
}): JSX.Element {
  const text = inLanguage(words, language)
  const heading = `transfer-${name}`
  return (
    <div class="transfer-pane" role="group" aria-labelledby={heading}>
      <p class="transfer-head">
        <span id={heading}>{label}</span>
        <span>{text.pieces(items.length)}</span>
      </p>
      {items.length === 0 ? (
        <p class="transfer-none">{text.none}</p>
      ) : (
        <ul role="list" aria-labelledby={heading}>
          {items.map((item) => (
            <li key={item.id}>
              <label class="choice">
                <input type="checkbox" name={name} value={item.id} checked={ticked?.includes(item.id)} />
                <span>{item.label}</span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
