import { administratorLabels } from '#sites/frame/guide-labels.ts'
import type { LogoProblem } from '#features/logos/draw.ts'
import type { Phrase } from '#platform/words.ts'

export const logoTitle: Phrase = administratorLabels.logo
export const logoChangedMeanwhile: Phrase = {
  ja: '別の画面でロゴが変更されたため、実行していません。現在のロゴをご確認ください。',
  en: 'The logo was changed in another window, so nothing was done. Look at what it is now.',
}

export const logoProblems: Record<LogoProblem, Phrase> = {
  'too-large': {
    ja: 'ファイルが大きすぎます。1MB以下のファイルを選択してください。',
    en: 'The file is too large. Choose one of at most 1 MB.',
  },
  'not-an-image': {
    ja: 'PNG、JPEG、WebP、SVGのいずれでもないファイルです。いずれかの形式で保存したファイルを選択してください。',
    en: 'The file is not a PNG, JPEG, WebP or SVG. Choose one that was saved as one of these.',
  },
  broken: {
    ja: '画像を読み取れませんでした。ファイルが壊れていないかを確認し、保存し直したファイルを選択してください。',
    en: 'The image cannot be read. See whether the file is broken, and choose one that was saved anew.',
  },
  'too-many-pixels': {
    ja: '画像の縦横が大きすぎます。縦4,096×横4,096ピクセル程度までに縮小したファイルを選択してください。',
    en: 'The image has too many pixels. Make it smaller, to at most 4,096 by 4,096, and choose it again.',
  },
  animated: {
    ja: '動く画像は使用できません。静止画のファイルを選択してください。',
    en: 'An image that moves cannot be used. Choose one that stands still.',
  },
  empty: {
    ja: '全体が透明な画像です。ロゴが見える画像を選択してください。',
    en: 'All of the image is transparent. Choose one in which the logo can be seen.',
  },
  'svg-refers': {
    ja: 'SVGがファイルの外（画像、フォント、スタイルシートなど）を参照しています。すべてを図形に変換したSVGか、PNGを選択してください。',
    en: 'The SVG refers to something outside it, such as an image, font or style sheet. Choose an SVG of shapes alone, or a PNG.',
  },
  'svg-has-text': {
    ja: 'SVGに文字が含まれています。文字をアウトライン（図形）に変換したSVGか、PNGを選択してください。',
    en: 'The SVG has text in it. Convert the text to outlines, or choose a PNG.',
  },
  'took-too-long': {
    ja: '画像が複雑すぎて、時間内に読み取れませんでした。図形を減らしたSVGか、PNGを選択してください。',
    en: 'The image is too complex to be read in time. Choose an SVG with fewer shapes, or a PNG.',
  },
}
