/** Whether a file is an SVG: what comes before its first element may be a declaration, comments, a document type. */
export function isSvg(given: Uint8Array): boolean {
  const beginning = new TextDecoder('latin1').decode(given.subarray(0, 16 * 1024)).replace(/^\u00EF\u00BB\u00BF/, '')
  return /^\s*(?:(?:<\?[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[^\]]*\]\s*)?>)\s*)*<(?:[\w.-]+:)?svg[\s>/]/i.test(
    beginning,
  )
}

export type SvgProblem = 'broken' | 'svg-refers' | 'svg-has-text'

/**
 * Why an SVG is not drawn. What draws it runs no script, follows no address and has no fonts: a script is left out, but of what
 * refers to elsewhere, or is written in letters, something would be missing.
 */
export function findSvgProblem(given: Uint8Array): SvgProblem | undefined {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(given)
  } catch {
    return 'broken'
  }
  if (/^[^>]*\sencoding\s*=\s*["'](?!utf-8["'])/i.test(text)) return 'broken'
  const plain = text.replaceAll(/<!--[\s\S]*?-->/g, '')
  if (refersOutside.some((one) => one.test(plain))) return 'svg-refers'
  return /<(?:[\w.-]+:)?text[\s>/]/.test(plain) ? 'svg-has-text' : undefined
}

/** Anything but `#part` of its own. */
const refersOutside = [
  /<!ENTITY/i,
  /\bhref\s*=\s*(?!["']\s*#)/i,
  /\burl\(\s*(?!["']?\s*#|&quot;\s*#|&apos;\s*#)/i,
  /@import/i,
  /<\?xml-stylesheet/i,
]
