/** The way to a value in a JSON text: keys and indexes from the outermost value on. */
export type JsonPath = readonly PropertyKey[]

/**
 * The lines (from 1) where the values of the paths begin in a well-formed text. Where a path leads to nothing, the line of
 * the innermost value on its way. Of a key that stands twice, the last counts, as for JSON.parse.
 */
export function linesOf(text: string, paths: readonly JsonPath[]): number[] {
  const wanted = paths.map((path) => ({ path, at: 0 }))
  const cursor = { text, at: 0 }
  takeValue(cursor, read(cursor), { ...outermost, wanted })
  return wanted.map(({ at }) => lineAt(text, at))
}

/**
 * Where a text stops being JSON, and what stands there (nothing: the text ends too early); undefined when it is well-formed.
 * Needed because JSON.parse names the place only of some faults.
 */
export function findSyntaxFault(text: string): { line: number; found: string } | undefined {
  const cursor = { text, at: 0 }
  const complete = takeValue(cursor, read(cursor), outermost)
  const at = skipSpace(cursor)
  if (complete && at === text.length) return undefined
  return { line: lineAt(text, at), found: /^\S*/.exec(text.slice(at, at + 20))?.[0] ?? '' }
}

/** The ways to the keys of a well-formed text that stand more than once in their object, where JSON.parse takes the last alone. */
export function findRepeatedKeys(text: string): JsonPath[] {
  const cursor = { text, at: 0 }
  const repeated: JsonPath[] = []
  takeValue(cursor, read(cursor), { ...outermost, onRepeated: (path) => repeated.push(path) })
  return repeated
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length
}

interface Cursor {
  text: string
  at: number
}

/** What is looked for within a value. */
interface Search {
  /** The paths that lead through the value, which lies at this depth of them. */
  wanted: readonly { path: JsonPath; at: number }[]
  depth: number
  /** The last step to the value, and what it lies in. */
  step?: PropertyKey
  around?: Search
  onRepeated?: (path: JsonPath) => void
}

const outermost: Search = { wanted: [], depth: 0 }

/** Goes over the value that the token begins, noting where wanted values are. False: the cursor stands on what does not belong. */
function takeValue(cursor: Cursor, token: string, search: Search): boolean {
  for (const place of search.wanted) place.at = cursor.at - token.length
  if (token === '{') return takeObject(cursor, search)
  if (token === '[') return takeArray(cursor, search)
  return !['', '}', ']', ':', ','].includes(token) || goBack(cursor, token)
}

function takeObject(cursor: Cursor, search: Search): boolean {
  let token = read(cursor)
  // True: the key stood there more than once already, and has been told.
  const keys = new Map<string, boolean>()
  while (token !== '}') {
    if (!token.startsWith('"')) return goBack(cursor, token)
    const key = String(JSON.parse(token))
    const inside = into(search, key)
    if (keys.get(key) === false) search.onRepeated?.(pathOf(inside))
    keys.set(key, keys.has(key))
    const colon = read(cursor)
    if (colon !== ':') return goBack(cursor, colon)
    if (!takeValue(cursor, read(cursor), inside)) return false
    token = read(cursor)
    if (token === '}') break
    if (token !== ',') return goBack(cursor, token)
    token = read(cursor)
    if (token === '}') return goBack(cursor, token)
  }
  return true
}

function takeArray(cursor: Cursor, search: Search): boolean {
  let token = read(cursor)
  for (let index = 0; token !== ']'; index++) {
    if (!takeValue(cursor, token, into(search, index))) return false
    token = read(cursor)
    if (token === ']') break
    if (token !== ',') return goBack(cursor, token)
    token = read(cursor)
    if (token === ']') return goBack(cursor, token)
  }
  return true
}

function into(around: Search, step: PropertyKey): Search {
  const { wanted, depth } = around
  return { ...around, wanted: wanted.filter(({ path }) => path[depth] === step), depth: depth + 1, step, around }
}

function pathOf({ step, around }: Search): PropertyKey[] {
  return step === undefined || !around ? [] : [...pathOf(around), step]
}

function goBack(cursor: Cursor, token: string): false {
  cursor.at -= token.length
  return false
}

// RFC 8259. A string is matched by its plain stretches: an alternative for each character would exhaust the matcher on long ones.
const plain = String.raw`[^"\\\u0000-\u001f]*`
const string = String.raw`"${plain}(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})${plain})*"`
const number = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?`
const tokens = new RegExp(String.raw`[{}[\],:]|${string}|${number}|true|false|null`, 'y')
const space = /[ \t\r\n]*/y

/** Takes the next token; an empty string where there is none. */
function read(cursor: Cursor): string {
  tokens.lastIndex = skipSpace(cursor)
  const token = tokens.exec(cursor.text)?.[0] ?? ''
  cursor.at += token.length
  return token
}

function skipSpace(cursor: Cursor): number {
  space.lastIndex = cursor.at
  cursor.at += space.exec(cursor.text)?.[0].length ?? 0
  return cursor.at
}
