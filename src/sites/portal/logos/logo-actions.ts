import { z } from 'zod'
import { discardLogo, setLogo } from '#features/logos/set.ts'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { logoChangedMeanwhile, logoTitle } from './words.ts'

const words = {
  logo: logoTitle,
  set: { ja: 'コーポレートロゴを設定しました。', en: 'The company logo was set.' },
  discarded: { ja: '確認中のロゴを取り消しました。', en: 'The logo was not set.' },
  'changed-meanwhile': logoChangedMeanwhile,
}

/** このロゴを設定する */
export const setLogoAction = portal.action({
  path: paths.setCompanyLogo,
  allow: 'portal-administrator',
  words,
  back: paths.companyLogo,
  form: { hash: { label: words.logo, value: z.string() } },
  async submit(ctx, { input: { hash }, words: text }) {
    const set = await setLogo(ctx, hash)
    return set.ok
      ? redirect(paths.companyLogo, { notice: text.set })
      : redirect(paths.companyLogo, { notice: text[set.problem], refusal: set })
  },
})

/** 取り消す */
export const discardLogoAction = portal.action({
  path: paths.discardCompanyLogo,
  allow: 'portal-administrator',
  words,
  back: paths.companyLogo,
  async submit(ctx, { words: text }) {
    await discardLogo(ctx)
    return redirect(paths.companyLogo, { notice: text.discarded })
  },
})
