// Reading of problem packages: configuration in YAML, names in folders, and what is said about a package that will not do.
import { readdir } from 'node:fs/promises'
import { parse } from 'yaml'
import * as z from 'zod'
import { exists, isFolder } from '../files.ts'
import { LocalError } from '../local-error.ts'
import { texts } from '../texts.ts'
import { readText, type Reading } from './text-file.ts'

/** Most bytes of a configuration file. */
export const configLimitBytes = 1024 * 1024

const positive = z.number().positive()

/** What is of interest here of a package's `problem.yaml`, in all versions of the format. */
export const problemYamlSchema = z.looseObject({
  problem_format_version: z.string().nullish(),
  name: z.union([z.string(), z.record(z.string(), z.string())]).nullish(),
  type: z.union([z.string(), z.array(z.string())]).nullish(),
  validation: z.string().nullish(),
  validator_flags: z.string().nullish(),
  limits: z
    .looseObject({ time_limit: positive.nullish(), memory: positive.nullish(), output: positive.nullish() })
    .nullish(),
  constants: z.record(z.string(), z.union([z.string(), z.number()])).nullish(),
})
export type ProblemYaml = z.infer<typeof problemYamlSchema>

/** Reads YAML. Undefined when the file is not there. Throws LocalError when it is not of the schema. */
export async function readYaml<T extends z.ZodType>(
  file: string,
  schema: T,
  reading: Reading,
): Promise<z.infer<T> | undefined> {
  if (!(await exists(file))) return undefined
  const content = await readText(file, configLimitBytes, reading)
  const refused = (why: string, cause: unknown): LocalError =>
    new LocalError('bad-package', texts[reading.locale].badFile(file, why), { cause })
  let value: unknown
  try {
    value = parse(content)
  } catch (cause) {
    throw refused(cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : '', cause)
  }
  const parsed = schema.safeParse(value ?? {})
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw refused(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, parsed.error)
}

/** A part of the format that cannot be judged here. */
export function unsupported(folder: string, what: string, { locale }: Reading): LocalError {
  return new LocalError('unsupported-package', texts[locale].unsupportedPackage(folder, what))
}

/** A test's path without `.in`. */
export function withoutEnding(input: string): string {
  return input.slice(0, -'.in'.length)
}

/** Words between blanks. */
export function wordsOf(line: string | null | undefined): string[] {
  return (line ?? '').split(/\s+/).filter((word) => word !== '')
}

/** Names in a folder, none when there is no such folder; what is hidden is not for us. */
export async function namesIn(folder: string): Promise<string[]> {
  const isThere = await isFolder(folder)
  return isThere ? (await readdir(folder)).filter((name) => !name.startsWith('.')).sort() : []
}
