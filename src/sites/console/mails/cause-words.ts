import type { MailCause } from '#features/mails/causes.ts'
import type { Phrase } from '#platform/words.ts'

/** Why a mail did not arrive. */
export const causeWords: Record<MailCause, Phrase> = {
  'unknown-address': { ja: '宛先がありません', en: 'No such address' },
  'unknown-domain': { ja: '宛先のドメインがありません', en: 'No such domain' },
  closed: { ja: '宛先が受信を停止しています', en: 'The mailbox takes no mails' },
  full: { ja: '宛先の受信箱がいっぱいです', en: 'The mailbox is full' },
  policy: { ja: '宛先のサーバーの規則で拒否されました', en: 'Refused by a rule of the other server' },
  'too-large': { ja: 'メールが大きすぎます', en: 'The mail is too large' },
  refused: { ja: '宛先のサーバーに拒否されました', en: 'Refused by the other server' },
  busy: { ja: '宛先のサーバーが一時的に受け取りません', en: 'The other server is busy' },
  'no-address': { ja: 'メールアドレスの形をしていません', en: 'Not an address that can be mailed to' },
  ours: { ja: '当社のメールサーバーに渡せません', en: 'Our mail server did not take it' },
  untried: { ja: 'まだ送信を試していません', en: 'Not tried yet' },
}

/** What to do about it. */
export const remedyWords: Record<MailCause, Phrase> = {
  'unknown-address': {
    ja: 'アドレスの誤りか、廃止されたアドレスです。お客様に正しいアドレスを確認し、変更を依頼してください。',
    en: 'It was written wrongly, or is no more. Ask the customer for the right one, and to change it.',
  },
  'unknown-domain': {
    ja: '@より後ろの誤りか、廃止されたドメインです。お客様に正しいアドレスを確認し、変更を依頼してください。',
    en: 'What stands behind the @ is wrong, or is no more. Ask the customer for the right address, and to change it.',
  },
  closed: {
    ja: '退職などで止められている場合があります。お客様に利用中か確認してください。',
    en: 'Its user may have left. Ask the customer whether it is in use.',
  },
  full: {
    ja: '受信箱を空けていただいてから、再送してください。',
    en: 'Ask its user to make room, then send it again.',
  },
  policy: {
    ja: 'お客様のメール管理者に、当社の送信元アドレスを許可するよう依頼してから、再送してください。',
    en: 'Ask whoever runs the customer’s mail to let our sender through, then send it again.',
  },
  'too-large': {
    ja: 'お客様のメール管理者に、受信できる大きさを確認してください。',
    en: 'Ask whoever runs the customer’s mail how large a mail may be.',
  },
  refused: {
    ja: 'サーバーの応答を確認し、お客様またはお客様のメール管理者に問い合わせてください。',
    en: 'Read what the server said, and ask the customer or whoever runs their mail.',
  },
  busy: {
    ja: '送信期限まで自動で再送します。急ぐ場合は「再送する」を押してください。',
    en: 'It is tried again until it is given up. Send it again if it is urgent.',
  },
  'no-address': {
    ja: '登録されたアドレスにメールを送れません。お客様に正しいアドレスを確認してください。',
    en: 'Nothing can be sent to what is registered. Ask the customer for the right address.',
  },
  ours: {
    ja: 'お客様側の問題ではありません。メールサーバーの管理者に、サーバーの応答を伝えてください。復旧後に自動で再送します。',
    en: 'It is no matter of the customer’s. Tell whoever runs our mail server what it said. It is tried again by itself.',
  },
  untried: {
    ja: 'メールの送信処理が動いているか、システムの管理者に確認してください。',
    en: 'Ask whoever runs the system whether the worker runs.',
  },
}
