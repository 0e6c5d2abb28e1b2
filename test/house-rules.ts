import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { findForgedConfirmations, findOpenDoors } from './critical-doors.ts'
import { findRoomCircles } from './room-circles.ts'

/** Drawers: names that say nothing about what lies inside. */
const forbiddenNames = new Set([
  'utils',
  'helpers',
  'common',
  'lib',
  'services',
  'managers',
  'types',
  'constants',
  'misc',
])

/** What an operator sells: the one noun of the glossary that is also the name of a drawer. */
const glossaryServices = /^src\/(?:features|sites\/[^/]+)\/services$/

/** The house's rules that no program from the packages checks; a sentence for each place that breaks one. */
export function findHouseProblems(root: string): string[] {
  const paths = globSync('{src,test,bench,database,demo,docs}/**', { cwd: root }).toSorted()
  return [
    ...findForbiddenNames(paths),
    ...findMisnumbered(paths, /^database\/migrations\/.+[.]sql$/, '_noun.sql'),
    ...findMisnumbered(paths, /^docs\/decisions\/.+$/, '-title.md'),
    ...findClocksInFeatures(root, paths),
    ...findMovesOfTheFence(root, paths),
    ...findFieldsThatCut(root, paths),
    ...findOpenDoors(root, paths),
    ...findForgedConfirmations(root, paths),
    ...findRoomCircles(root),
  ]
}

function findForbiddenNames(paths: readonly string[]): string[] {
  const isForbidden = (path: string): boolean => forbiddenNames.has(basename(path).replace(/[.].*/, ''))
  return paths
    .filter((path) => isForbidden(path) && !glossaryServices.test(path))
    .map((path) => `${path}: a name that says nothing`)
}

/** From 0001 without gaps: two branches that took the same next number show up here. */
function findMisnumbered(paths: readonly string[], isOne: RegExp, rest: string): string[] {
  const [separator = ''] = rest
  return paths
    .filter((path) => isOne.test(path))
    .flatMap((path, index) => {
      const number = String(index + 1).padStart(4, '0')
      const isNumbered = new RegExp(`^${number}${separator}[a-z0-9_-]+[.][a-z]+$`).test(basename(path))
      return isNumbered ? [] : [`${path}: should be ${number}${rest}`]
    })
}

function findClocksInFeatures(root: string, paths: readonly string[]): string[] {
  const features = paths.filter((path) => path.startsWith('src/features/') && isProduction(path))
  return findLines(root, features, readsClock).map((place) => `${place}: the time is ctx.now`)
}

/** One file lists every way through the fence; whoever takes one calls it by its name. */
function findMovesOfTheFence(root: string, paths: readonly string[]): string[] {
  const others = paths.filter((path) => path !== 'src/features/sessions/fence.ts' && isProduction(path))
  return findLines(root, others, movesFence).map((place) => `${place}: moves the fence, which sessions/fence.ts does`)
}

/** What is typed or pasted stands there whole, and is told to be too long. */
function findFieldsThatCut(root: string, paths: readonly string[]): string[] {
  const views = paths.filter((path) => path.endsWith('.tsx') && isProduction(path))
  return findLines(root, views, cuts).map((place) => `${place}: maxlength cuts what is pasted, unsaid`)
}

function isProduction(path: string): boolean {
  return /^src\/.+[.]tsx?$/.test(path) && !/[.]test[.]tsx?$/.test(path)
}

/** `path:line` of each that fits. */
function findLines(root: string, paths: readonly string[], fits: (line: string) => boolean): string[] {
  return paths.flatMap((path) => {
    const lines = readFileSync(join(root, path), 'utf8').split('\n')
    return lines.flatMap((line, index) => (fits(line) ? [`${path}:${index + 1}`] : []))
  })
}

function readsClock(line: string): boolean {
  return /\bnew Date(?:\(\s*\)|(?!\w|\())|\bDate[.]now\b/.test(line)
}

function cuts(line: string): boolean {
  return /\bmaxlength\s*=/i.test(line)
}

function movesFence(line: string): boolean {
  return /set_config\('app[.]|\benter_fence/.test(line)
}
