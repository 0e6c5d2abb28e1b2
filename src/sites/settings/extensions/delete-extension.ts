import { findExtension } from '#features/extensions/extension.ts'
import { linkWords } from '../links.ts'
import { removalPage } from '../parts/remove-inside.tsx'
import { paths } from '../paths.ts'

/** 内線の削除 */
export const deleteExtensionPage = removalPage({
  path: paths.deleteExtension,
  title: { ja: (name) => `内線「${name}」の削除`, en: (name) => `Delete the extension “${name}”` },
  find: findExtension,
  kind: 'extension',
  list: { path: paths.extensions, label: linkWords.extensions },
  own: paths.extension,
})
