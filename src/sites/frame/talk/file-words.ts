import type { mostBytesOfFile, mostFilesOfMessage } from '#features/attachments/attachment.ts'
import type { FileProblem, JudgedFiles } from '#features/attachments/judge.ts'
import type { Language, Phrase } from '#platform/words.ts'
import { sizeInWords } from './file-size.ts'

/** As they are judged by: of another number the compiler says so. */
const mostBytes: typeof mostBytesOfFile = 10_485_760
const mostFiles: typeof mostFilesOfMessage = 5
const most = mostBytes / 1024 ** 2

export const fileWords = {
  files: { ja: '添付ファイル', en: 'Files' },
  filesHint: {
    ja: `PNG、JPEG、WebP、PDF、テキスト、CSV。1ファイル${most}MBまで、${mostFiles}個まで。画像は、撮影場所などの情報を取り除いて保存します。`,
    en: `PNG, JPEG, WebP, PDF, text or CSV: up to ${mostFiles} files of ${most} MB each. Pictures are kept without what the camera noted, such as the place.`,
  },
  'too-many': {
    ja: `添付できるファイルは1回に${mostFiles}個までです。残りは、続けて返信に添付してください。`,
    en: `Up to ${mostFiles} files can be sent at once. Send the others with another reply.`,
  },
  'thing-full': {
    ja: 'このお問い合わせに添付できる容量（200MB）を超えます。続きのお問い合わせを作成して添付してください。',
    en: 'That is more than this inquiry can hold (200 MB). Open another inquiry and send the files there.',
  },
  'customer-full': {
    ja: '御社が添付できる容量（2GB）を超えます。窓口へご連絡ください。',
    en: 'That is more than your company can keep (2 GB). Please contact us.',
  },
}

/** What is offered first when files are chosen. */
export const acceptedFiles = 'image/png,image/jpeg,image/webp,application/pdf,text/plain,text/csv,.log'

/** Of a form with the files of one message. */
export const mostBytesOfForm: number = mostFiles * mostBytes + 1024 ** 2

const sentences: Record<FileProblem, Phrase<(name: string, size: string) => string>> = {
  'too-large': {
    ja: (name, size) => `「${name}」は${most}MBを超えています（${size}）。分けて添付してください。`,
    en: (name, size) => `“${name}” is larger than ${most} MB (${size}). Send it in parts.`,
  },
  empty: {
    ja: (name) => `ファイル「${name}」は空です。内容のあるファイルを添付してください。`,
    en: (name) => `“${name}” is empty. Choose a file with something in it.`,
  },
  svg: {
    ja: (name) => `ファイル「${name}」はSVGのため添付できません。PNGまたはPDFにして添付してください。`,
    en: (name) => `“${name}” is an SVG, which cannot be sent. Send it as a PNG or PDF.`,
  },
  page: {
    ja: (name) => `ファイル「${name}」はHTMLまたはXMLのため添付できません。PDFまたはPNGにして添付してください。`,
    en: (name) => `“${name}” is HTML or XML, which cannot be sent. Send it as a PDF or PNG.`,
  },
  office: {
    ja: (name) => `Officeのファイル「${name}」は添付できません。PDFにして添付してください。`,
    en: (name) => `“${name}” is an Office document, which cannot be sent. Send it as a PDF.`,
  },
  archive: {
    ja: (name) =>
      `圧縮ファイル「${name}」は添付できません。中のファイルをPDF、画像、テキストで1つずつ添付してください。`,
    en: (name) =>
      `“${name}” is an archive, which cannot be sent. Send what is in it one by one, as PDF, pictures or text.`,
  },
  capture: {
    ja: (name) => `パケットキャプチャ「${name}」は添付できません。該当箇所をテキストに書き出して添付してください。`,
    en: (name) => `“${name}” is a packet capture, which cannot be sent. Export the packets concerned as text.`,
  },
  program: {
    ja: (name) => `プログラムのファイル「${name}」は添付できません。画面の画像またはテキストを添付してください。`,
    en: (name) => `“${name}” is a program, which cannot be sent. Send a picture of the screen, or text.`,
  },
  picture: {
    ja: (name) => `ファイル「${name}」の画像形式は添付できません。PNGまたはJPEGにして添付してください。`,
    en: (name) => `“${name}” is a picture of a kind that cannot be sent. Send it as a PNG or JPEG.`,
  },
  unknown: {
    ja: (name) => `ファイル「${name}」は添付できない形式です。PNG、JPEG、PDFまたはテキストにして添付してください。`,
    en: (name) => `“${name}” is of a kind that cannot be sent. Send it as a PNG, JPEG, PDF or text.`,
  },
  broken: {
    ja: (name) => `画像「${name}」を読み取れませんでした。保存し直したファイルを添付してください。`,
    en: (name) => `The picture “${name}” cannot be read. Save it anew and send it again.`,
  },
  'too-many-pixels': {
    ja: (name) => `画像「${name}」の縦横が大きすぎます（4,000万画素まで）。縮小して添付してください。`,
    en: (name) => `The picture “${name}” has too many pixels (40 million at most). Make it smaller and send it again.`,
  },
  animated: {
    ja: (name) => `動く画像「${name}」は添付できません。静止画にして添付してください。`,
    en: (name) => `The picture “${name}” moves, and cannot be sent. Send one that stands still.`,
  },
  'took-too-long': {
    ja: (name) => `画像「${name}」を時間内に読み取れませんでした。PNGまたはJPEGで保存し直して添付してください。`,
    en: (name) => `The picture “${name}” could not be read in time. Save it as a PNG or JPEG and send it again.`,
  },
}

/** Why files are refused, and what to do. */
export function sentenceOfFiles(refused: Extract<JudgedFiles, { ok: false }>, language: Language): string {
  if (!('file' in refused)) return fileWords[refused.problem][language]
  const { name, size, problem } = refused.file
  return sentences[problem][language](name, sizeInWords(size, language))
}
