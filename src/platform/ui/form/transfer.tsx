import type { ComponentChildren, JSX } from 'preact'
import { inLanguage, type Language } from '../../words.ts'
import { Icon } from '../text/icon.tsx'

const words = {
  pieces: { ja: (n: number) => `${n}件`, en: (n: number) => String(n) },
  /** The script puts the name of a list, and how many it has, in place of the marks. */
  filter: { ja: '#を絞り込む', en: 'Filter #' },
  moved: { ja: '移動しました。#', en: 'Moved. #' },
  error: { ja: 'エラー：', en: 'Error: ' },
  none: { ja: 'なし', en: 'None' },
}

export interface TransferList {
  label: string
  /** Of the boxes. */
  name: string
  /** `place`: of it among those of both lists. */
  items: readonly { id: string; label: string; place: number }[]
  ticked: string | readonly string[] | undefined
}

export interface TransferProps {
  id: string
  /** Under which the form sends what stands in the list on the right. */
  name: string
  language: Language
  from: TransferList
  to: TransferList
  problem: string | undefined
  /** The buttons between the lists, which send what is ticked. */
  children: ComponentChildren
}

/** Two lists of boxes, between which what is ticked is moved by a button. */
export function Transfer({ id, name, language, from, to, problem, children }: TransferProps): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <div id={id} tabIndex={-1}>
      <div class="transfer" data-transfer={name} data-filter={text.filter} data-moved={text.moved}>
        <Pane language={language} list={from} />
        <div class="transfer-buttons">{children}</div>
        <Pane language={language} list={to} />
      </div>
      {problem !== undefined && (
        <p class="field-problem">
          <Icon name="alert" />
          <span>
            <span class="visually-hidden">{text.error}</span>
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
  const isEmpty = items.length === 0
  return (
    <div class="transfer-pane" role="group" aria-labelledby={heading}>
      <p class="transfer-head">
        <span id={heading}>{label}</span>
        <span>{text.pieces(items.length)}</span>
      </p>
      <p class="transfer-none" hidden={!isEmpty}>
        {text.none}
      </p>
      <ul role="list" aria-labelledby={heading}>
        {items.map((item) => (
          <li key={item.id} data-place={item.place}>
            <label class="choice">
              <input type="checkbox" name={name} value={item.id} checked={ticked?.includes(item.id)} />
              <span>{item.label}</span>
            </label>
          </li>
        ))}
      </ul>
    </div>
  )
}
