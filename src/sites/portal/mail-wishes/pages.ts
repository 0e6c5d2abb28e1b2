import { endMailWishAction } from './end-wish.ts'
import { mailWishesPage } from './mail-wishes.tsx'
import { setMailWishAction } from './set-wish.ts'
import { unsubscribePage } from './unsubscribe.tsx'

/** メール通知: one's own wishes, and where a mail's wish is ended. */
export const mailWishPages = [mailWishesPage, endMailWishAction, setMailWishAction, unsubscribePage]
