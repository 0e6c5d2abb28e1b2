import { z } from 'zod'
import { foldRecoveryCode } from '#features/recovery-codes/code.ts'

/** Six digits, however they were typed or pasted: full width, with spaces or hyphens. */
export const codeField = {
  label: { ja: '認証コード（6桁の数字）', en: 'Code (6 digits)' },
  example: '123456',
  value: z
    .string()
    .transform((typed) => typed.normalize('NFKC').replaceAll(/[\s-]/g, ''))
    .pipe(z.string().regex(/^\d{6}$/)),
}

/** Sixteen letters and digits, in whatever case and grouping. */
export const recoveryCodeField = {
  label: { ja: 'リカバリーコード（16文字）', en: 'Recovery code (16 characters)' },
  value: z.string().transform(foldRecoveryCode).pipe(z.string().length(16)),
}
