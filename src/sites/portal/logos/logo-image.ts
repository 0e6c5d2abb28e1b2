import { findLogoImage } from '#features/logos/find.ts'
import { notFound } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'

/** A logo of the reader's own company, in force or not yet. */
export const logoImage = portal.picture({
  path: paths.companyLogoImage,
  allow: 'user',
  async load(ctx, { params: { hash } }) {
    const image = await findLogoImage(ctx, hash)
    return image ? { type: 'image/png', bytes: new Uint8Array(image) } : notFound
  },
})
