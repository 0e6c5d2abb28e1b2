import { contractLabels, serviceLabels, userLabels } from '#sites/frame/guide-labels.ts'

/** What the form and its confirmation say alike. */
export const formWords = {
  orders: serviceLabels.orders,
  contract: contractLabels.contractNumber,
  wished: { ja: 'ご希望日', en: 'Wished day' },
  answers: { ja: 'お申し込みの内容', en: 'What is ordered' },
  shown: { ja: 'フォームの版', en: 'Version of the form' },
  from: { ja: '元の申請', en: 'Former request' },
  cancel: userLabels.cancel,
  changed: {
    ja: 'この画面を開いたあとに、フォームが変更されました。入力した内容は残っています。新しい項目をご確認のうえ、もう一度進んでください。',
    en: 'The form was changed after you opened it. What you entered is still here: look at what is new, then go on again.',
  },
  'unknown-contract': {
    ja: 'ご契約番号が見つかりません。参照できるご契約の番号を入力してください。',
    en: 'There is no such contract that you can view. Enter the number of one.',
  },
  'other-service': {
    ja: 'このサービスのご契約ではありません。このサービスのご契約番号を入力してください。',
    en: 'This contract is of another service. Enter the number of one of this service.',
  },
  'contract-not-editable': {
    ja: 'このご契約について申し込むには編集の権限が必要です。権限はポータル管理者に依頼してください。',
    en: 'To order for this contract you need the right to edit it. Ask a portal administrator.',
  },
  'no-contract': {
    ja: 'ご契約番号が入力されていません。ご契約番号を入力してください。',
    en: 'The contract number is missing. Enter it.',
  },
  'not-day': {
    ja: 'ご希望日は2026-12-01の形式で入力してください。',
    en: 'The wished day is written like 2026-12-01.',
  },
  'too-early': {
    ja: (day: string): string => `ご希望日には、${day}以降の日を入力してください。`,
    en: (day: string): string => `The wished day can be ${day} at the earliest.`,
  },
  'may-not-ask': {
    ja: 'このサービスの新規のお申し込みには、サービス全体の編集の権限が必要です。権限はポータル管理者に依頼してください。',
    en: 'To order a new contract you need the right to edit the whole service. Ask a portal administrator.',
  },
  'nobody-can-approve': {
    ja: (about: string): string =>
      `承認できるポータル管理者がいません。${about}を参照できる、ご自身以外のポータル管理者が必要です。`,
    en: (about: string): string =>
      `No portal administrator can approve this. It needs one beside you who can view ${about}.`,
  },
}
