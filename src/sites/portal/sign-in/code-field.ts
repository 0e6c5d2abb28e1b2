import { z } from 'zod'

/** Six digits, however they were typed or pasted: full width, with spaces or hyphens. */
export const codeField = {
  label: { ja: '認証コード（6桁の数字）', en: 'Code (6 digits)' },
  example: '123456',
  value: z
    .string()
    .transform((typed) => typed.normalize('NFKC').replaceAll(/[\s-]/g, ''))
    .pipe(z.string().regex(/^\d{6}$/)),
}
