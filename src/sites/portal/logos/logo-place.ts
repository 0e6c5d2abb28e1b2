import type { Logo } from '#features/actor.ts'
import { paths } from '../paths.ts'

/** A logo as the frame shows it. */
export function logoOf({ hash, width, height }: Logo): { path: string; width: number; height: number } {
  return { path: paths.companyLogoImage({ hash }), width, height }
}
