import type { PortalPath } from '../site.tsx'
import { beginViewingPage, finishViewingPage } from '../viewings/sign-on.tsx'
import { viewingsPage } from '../viewings/viewings.tsx'
import { signOnToSettingsPage } from './settings.tsx'

/** Between this site and the others: to the settings, from the console, and what customers allow its staff. */
export const signOnPages: readonly PortalPath[] = [
  signOnToSettingsPage,
  beginViewingPage,
  finishViewingPage,
  viewingsPage,
]
