import type { Context } from '#features/actor.ts'
import { beginConfirmation } from '#features/sign-in/confirm.ts'
import { type Redirect, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'

/** Sends somebody to show the second factor, and from there back to `path`. */
export async function askToConfirm(ctx: Context, path: string): Promise<Redirect> {
  return redirect(paths.confirm, {
    cookies: [
      { name: 'confirm', value: await beginConfirmation(ctx) },
      { name: 'return', value: path },
    ],
  })
}
