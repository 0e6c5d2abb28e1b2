/** The address of something that has names in it, as `/orders/:id`: called with them, it writes the address. */
export interface Route<Name extends string> extends Patterned {
  (names: Readonly<Record<Name, string>>): string
}

interface Patterned {
  /** As it is written down. */
  readonly pattern: string
}

/** Any address, whatever names are in it. */
export type AnyPath = string | Patterned

/** What an address is written down as: as it is, or with names in it. */
export type Path<Name extends string = string> = string | Route<Name>

type NameIn<Pattern extends string> = Pattern extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer More}`
    ? Name | NameIn<`/${More}`>
    : Rest
  : never

export type Paths<Patterns extends Readonly<Record<string, string>>> = {
  readonly [Key in keyof Patterns]: [NameIn<Patterns[Key]>] extends [never]
    ? Patterns[Key]
    : Route<NameIn<Patterns[Key]>>
}

/** Makes a table of addresses: those with names in them, such as `:id`, become functions that want these names and no others. */
export function definePaths<const Patterns extends Readonly<Record<string, string>>>(
  patterns: Patterns,
): Paths<Patterns> {
  const made = Object.entries(patterns).map(([key, pattern]) => [
    key,
    pattern.includes(':') ? routeOf(pattern) : pattern,
  ])
  // The type says of each key what was just made of it.
  return Object.fromEntries(made) as Paths<Patterns>
}

export function patternOf(path: AnyPath): string {
  return typeof path === 'string' ? path : path.pattern
}

function routeOf(pattern: string): Route<string> {
  return Object.assign((names: Readonly<Record<string, string>>) => addressOf(pattern, names), { pattern })
}

/** The address of a pattern, its `:names` filled in. */
export function addressOf(pattern: string, names: Readonly<Record<string, string>>): string {
  return pattern.replace(/:(\w+)/g, (_, name: string) => {
    const value = names[name]
    if (value === undefined) throw new Error(`${pattern} needs ${name}`)
    return encodeURIComponent(value)
  })
}

/** A place on the site, by which its menu is marked. */
export interface Standing {
  path: string
  /** With its question mark, or empty. */
  search: string
  section?: string | undefined
  within?: string | undefined
}

/** Something that has a page of its own. */
export interface Thing {
  kind: string
  id: string
}
