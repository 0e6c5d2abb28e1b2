import { findLogoImage } from '#features/logos/find.ts'
import { notFound } from '#platform/web/page.ts'
import { paths } from './paths.ts'
import { settings } from './site.tsx'

/** The logo of the reader's own company, here too: pictures come from the own site alone. */
export const companyLogo = settings.picture({
  path: paths.companyLogo,
  allow: 'user',
  async load(ctx, { params: { hash } }) {
    const image = await findLogoImage(ctx, hash)
    return image ? { type: 'image/png', bytes: new Uint8Array(image) } : notFound
  },
})
