// Source files of a person → a program for the executor: the language from the extension, headers from beside the file.
import { readdir } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { type Program, programSchema, sourceLimitBytes } from '../../contract/execution.ts'
import { type ExecutorLanguage, executorLanguageSchema, sourceEndings } from '../../contract/languages.ts'
import type { Locale } from '../../contract/topics.ts'
import { isFile, isFolder } from '../files.ts'
import { type Io } from '../io.ts'
import { LocalError } from '../local-error.ts'
import { nearest } from '../nearest.ts'
import { texts } from '../texts.ts'
import { readStream, readText, type Reading } from './text-file.ts'

const languageOfExtension: Readonly<Record<string, ExecutorLanguage>> = Object.fromEntries(
  executorLanguageSchema.options.flatMap((language) => sourceEndings[language].map((ending) => [ending, language])),
)
const otherNames: Readonly<Record<string, ExecutorLanguage>> = {
  py: 'python',
  python3: 'python',
  'c++': 'cpp',
  cc: 'cpp',
  js: 'javascript',
  node: 'javascript',
}

/** Reads a submission: a file, or standard input for `-`. Throws LocalError. */
export async function readSubmission(
  source: string,
  language: string | undefined,
  io: Io,
  reading: Reading,
): Promise<Program> {
  const { locale } = reading
  const wanted = language === undefined ? undefined : languageNamed(language, locale)
  if (source === '-') {
    if (wanted === undefined) throw new LocalError('unknown-language', texts[locale].stdinNeedsLanguage)
    const text = await readStream(io.stdin, texts[locale].standardInput, sourceLimitBytes, reading)
    return { language: wanted, files: [{ name: `main${sourceEndings[wanted][0]}`, text }] }
  }
  if (await isFolder(source)) throw new LocalError('bad-source', texts[locale].sourceIsFolder(source))
  return readOne(source, wanted, reading)
}

/**
 * Reads a checker: one file with the headers it includes from its own folder, or a folder with one main file. Throws
 * LocalError.
 */
export async function readChecker(path: string, reading: Reading): Promise<Program> {
  if (await isFolder(path)) return readFolder(path, reading)
  if (!isSourceName(path)) throw unknownExtension(path, reading, false)
  const program = await readOne(path, undefined, reading)
  const main = program.files[0]?.text ?? ''
  const headers = await readHeaders(main, dirname(path), reading)
  if (/^\s*#\s*include\s*[<"]testlib\.h[>"]/m.test(main) && !headers.some(({ name }) => name === 'testlib.h')) {
    throw new LocalError('bad-checker', texts[reading.locale].testlibMissing(path))
  }
  return checked({ ...program, files: [...program.files, ...headers] }, path, reading.locale)
}

/** Whether a name ends like a source file that can be run. */
export function isSourceName(name: string): boolean {
  return extname(name).toLowerCase() in languageOfExtension
}

async function readOne(file: string, wanted: ExecutorLanguage | undefined, reading: Reading): Promise<Program> {
  const extension = extname(file).toLowerCase()
  const language = wanted ?? languageOfExtension[extension]
  if (language === undefined) throw unknownExtension(file, reading, true)
  const text = await readText(file, sourceLimitBytes, reading)
  const name = programSchema.shape.files.element.shape.name.safeParse(basename(file)).data
  const ownEnding = languageOfExtension[extension] === language ? extension : sourceEndings[language][0]
  // The executor takes plain names only, and compilers go by the ending.
  return { language, files: [{ name: name?.endsWith(ownEnding) === true ? name : `main${ownEnding}`, text }] }
}

function unknownExtension(file: string, { locale }: Reading, isSubmission: boolean): LocalError {
  const known = Object.keys(languageOfExtension)
  return new LocalError('unknown-language', texts[locale].unknownExtension(file, known, isSubmission))
}

/** What is included in quotes, or is testlib.h, and lies beside the file; and what that includes. */
async function readHeaders(main: string, folder: string, reading: Reading): Promise<Program['files']> {
  const found = new Map<string, string>()
  const sources = [main]
  for (let source = sources.pop(); source !== undefined; source = sources.pop()) {
    for (const [, name = ''] of source.matchAll(/^\s*#\s*include\s*(?:"|<(?=testlib\.h>))([\w.+-]+)[">]/gm)) {
      if (found.has(name) || !(await isFile(join(folder, name)))) continue
      const text = await readText(join(folder, name), sourceLimitBytes, reading)
      found.set(name, text)
      sources.push(text)
    }
  }
  return [...found].map(([name, text]) => ({ name, text }))
}

/** A folder is one program: one of its sources is the main file, whatever else lies there goes along. */
async function readFolder(folder: string, reading: Reading): Promise<Program> {
  const text = texts[reading.locale]
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort()
  if (names.includes('build') || names.includes('run')) {
    throw new LocalError('bad-checker', text.checkerHasScripts(folder))
  }
  const sources = names.filter((name) => isSourceName(name))
  const main = sources.length === 1 ? sources[0] : sources.find((name) => isMainName(name, basename(folder)))
  if (main === undefined) throw new LocalError('bad-checker', text.checkerMainUnclear(folder, sources))
  const program = await readOne(join(folder, main), undefined, reading)
  const files = [...program.files]
  for (const name of names.filter((other) => other !== main && isCompanion(other, program.language))) {
    files.push({ name, text: await readText(join(folder, name), sourceLimitBytes, reading) })
  }
  return checked({ ...program, files }, folder, reading.locale)
}

function isMainName(name: string, folder: string): boolean {
  const stem = basename(name, extname(name)).toLowerCase()
  return ['__main__', 'main', 'validate', 'validator', 'checker', folder.toLowerCase()].includes(stem)
}

/** Read-me files and the like stay where they are. */
function isCompanion(name: string, language: ExecutorLanguage): boolean {
  const extension = extname(name).toLowerCase()
  const isHeader = ['.h', '.hpp', '.hh', '.hxx'].includes(extension) && (language === 'c' || language === 'cpp')
  return isHeader || languageOfExtension[extension] === language
}

function checked(program: Program, path: string, locale: Locale): Program {
  const parsed = programSchema.safeParse(program)
  if (parsed.success) return parsed.data
  throw new LocalError('bad-checker', texts[locale].programRefused(path, parsed.error.issues[0]?.message ?? ''))
}

function languageNamed(word: string, locale: Locale): ExecutorLanguage {
  const known = executorLanguageSchema.options
  const name = word.toLowerCase()
  const language = known.find((candidate) => candidate === name) ?? otherNames[name]
  if (language !== undefined) return language
  throw new LocalError('unknown-language', texts[locale].notOneOf('--language', word, known, nearest(word, known)))
}
