import type { AnswerProblem, WrongAnswer } from '#features/order-forms/answers.ts'
import type { FieldProblem } from '#platform/form.ts'
import type { Language, Phrase } from '#platform/words.ts'

type Sentence = Phrase<(item: string, limit: string) => string>

const sentences: Record<AnswerProblem, Sentence> = {
  missing: {
    ja: (item) => `${item}が入力されていません。${item}を入力してください。`,
    en: (item) => `${item} is missing. Enter it.`,
  },
  'not-chosen': {
    ja: (item) => `${item}が選択されていません。${item}を選択してください。`,
    en: (item) => `Nothing is chosen for “${item}”. Choose one.`,
  },
  'too-long': {
    ja: (item, limit) => `${item}は${limit}文字以内で入力してください。`,
    en: (item, limit) => `${item} can have at most ${limit} characters.`,
  },
  'too-short': {
    ja: (item, limit) => `${item}は${limit}文字以上で入力してください。`,
    en: (item, limit) => `${item} needs at least ${limit} characters.`,
  },
  'not-number': {
    ja: (item) => `${item}は10のように数字で入力してください。`,
    en: (item) => `${item} is a number such as 10.`,
  },
  'too-small': {
    ja: (item, limit) => `${item}は${limit}以上で入力してください。`,
    en: (item, limit) => `${item} must be ${limit} or more.`,
  },
  'too-large': {
    ja: (item, limit) => `${item}は${limit}以下で入力してください。`,
    en: (item, limit) => `${item} must be ${limit} or less.`,
  },
  'too-few': {
    ja: (item, limit) => `${item}は${limit}つ以上選択してください。`,
    en: (item, limit) => `Choose at least ${limit} for “${item}”.`,
  },
  'too-many': {
    ja: (item, limit) => `${item}は${limit}つまで選択できます。選択を減らしてください。`,
    en: (item, limit) => `Choose at most ${limit} for “${item}”.`,
  },
  'not-day': {
    ja: (item) => `${item}は2026-12-01の形式で入力してください。`,
    en: (item) => `${item} is written like 2026-12-01.`,
  },
  'not-phone': {
    ja: (item) => `${item}は03-0000-0101の形式で入力してください。`,
    en: (item) => `${item} is written like 03-0000-0101.`,
  },
  'not-mail': {
    ja: (item) => `${item}はname@example.co.jpの形式で入力してください。`,
    en: (item) => `${item} is written like name@example.co.jp.`,
  },
  'unknown-contract': {
    ja: (item) => `${item}のご契約が見つかりません。参照できるご契約の番号を入力してください。`,
    en: (item) => `${item}: there is no such contract that you can view. Enter the number of one.`,
  },
  wrong: {
    ja: (item) => `${item}に使えない文字が含まれています。入力した内容をご確認ください。`,
    en: (item) => `${item} contains characters that cannot be used. Check what you entered.`,
  },
}

/** What is wrong with an answer, at its field. */
export function problemOf({ field, problem, limit = 0 }: WrongAnswer, language: Language): FieldProblem {
  const shown = limit.toLocaleString(language === 'ja' ? 'ja-JP' : 'en-GB')
  return { field: `a.${field.code}`, text: sentences[problem][language](field.label[language], shown) }
}
