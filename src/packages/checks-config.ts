// Checks of problem.yaml: is it there, is it of the format, and can somebody judge by what it says.
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import * as z from 'zod'
import { type Finding, finding } from './findings.ts'
import { type Format, formatOf } from './format.ts'
import { type PackageTree, textOf } from './tree.ts'

const file = 'problem.yaml'

/** What is of interest of problem.yaml, as far as it is right. */
export interface Config {
  readonly format: Format
  /** By language; undefined when none is given. */
  readonly names: Readonly<Record<string, string>> | undefined
  /** `name` without languages: of the only statement, or English. */
  readonly name: string | undefined
  readonly isCustomValidation: boolean | undefined
  readonly isInteractive: boolean
  readonly timeLimitMs: number | undefined
  readonly outputMiB: number | undefined
}

const licenses = ['unknown', 'public domain', 'cc0', 'cc by', 'cc by-sa', 'educational', 'permission']
/** Names of limits, and the most that is within reason. */
const limits: Readonly<Record<string, number>> = {
  time_limit: 300,
  time_resolution: 300,
  time_multiplier: 1_000,
  time_safety_margin: 1_000,
  memory: 1_000_000,
  output: 100_000,
  code: 1_000_000,
  compilation_time: 3_600,
  compilation_memory: 1_000_000,
  validation_time: 3_600,
  validation_memory: 1_000_000,
  validation_output: 100_000,
  validation_passes: 1_000,
}
const toleranceFlags = ['float_tolerance', 'float_absolute_tolerance', 'float_relative_tolerance']

const text = z.string().trim().min(1)
const namesSchema = z.union([text, z.record(z.string(), text)])

/** Checks problem.yaml. The configuration is undefined when nothing of it can be used. */
export function checkConfig(tree: PackageTree): { findings: Finding[]; config: Config | undefined } {
  const entry = tree.files.get(file)
  if (entry === undefined) return { findings: [finding('config-missing', file)], config: undefined }
  const counter = new LineCounter()
  const source = textOf(entry)
  const document = parseDocument(source ?? '', { lineCounter: counter })
  const [mistake] = document.errors
  const { contents } = document
  if (source === undefined || mistake !== undefined || (contents !== null && !isMap(contents))) {
    const reason = source === undefined ? 'UTF-8' : (mistake?.message.split('\n')[0] ?? 'no map')
    const line = mistake?.linePos?.[0].line
    return { findings: [finding('config-unparsable', file, { reason }, line)], config: undefined }
  }
  const values = new Map<string, unknown>()
  const lines = new Map<string, number>()
  const record = z.record(z.string(), z.unknown()).safeParse(document.toJS({ maxAliasCount: 100 })).data ?? {}
  for (const { key } of contents?.items ?? []) {
    if (!isScalar(key)) continue
    const name = String(key.value)
    values.set(name, record[name])
    if (key.range) lines.set(name, counter.linePos(key.range[0]).line)
  }
  return new ConfigCheck(values, lines).run()
}

class ConfigCheck {
  readonly #values: ReadonlyMap<string, unknown>
  readonly #lines: ReadonlyMap<string, number>
  readonly #findings: Finding[] = []

  constructor(values: ReadonlyMap<string, unknown>, lines: ReadonlyMap<string, number>) {
    this.#values = values
    this.#lines = lines
  }

  run(): { findings: Finding[]; config: Config | undefined } {
    const version = this.#values.get('problem_format_version')
    const format = version === undefined || typeof version === 'string' ? formatOf(version) : undefined
    if (format === undefined) {
      this.#add('config-version-unknown', 'problem_format_version', { version: shown(version) })
      return { findings: this.#findings, config: undefined }
    }
    for (const key of this.#values.keys()) if (!format.keys.has(key)) this.#add('config-key-unknown', key, { key })
    this.#uuid(format)
    this.#license()
    const { timeLimitMs, outputMiB } = this.#limits()
    const names = namesSchema.safeParse(this.#values.get('name')).data
    if (this.#values.has('name') && names === undefined) this.#add('config-name-missing', 'name')
    else if (names === undefined && !format.isLegacy) this.#add('config-name-missing', 'name')
    const types = [this.#values.get('type') ?? []].flat().map(String)
    const mode = format.isLegacy ? this.#validation() : undefined
    return {
      findings: this.#findings,
      config: {
        format,
        names: typeof names === 'object' ? names : undefined,
        name: typeof names === 'string' ? names : undefined,
        isCustomValidation: mode?.isCustom,
        isInteractive:
          mode?.isInteractive === true || types.some((type) => ['interactive', 'multi-pass'].includes(type)),
        timeLimitMs,
        outputMiB,
      },
    }
  }

  #uuid({ isLegacy }: Format): void {
    const value = this.#values.get('uuid')
    if (value === undefined || value === null) {
      // Packages of before 2023 are not asked for one.
      if (!isLegacy) this.#add('config-uuid-missing', 'uuid')
    } else if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(shown(value))) {
      this.#add('config-uuid-bad', 'uuid', { value: shown(value) })
    }
  }

  #license(): void {
    const license = this.#values.get('license') ?? 'unknown'
    if (typeof license !== 'string' || !licenses.includes(license)) {
      this.#add('config-license-bad', 'license', { value: shown(license) })
      return
    }
    const owners = ['rights_owner', 'author', 'credits', 'source'].some((key) => this.#values.get(key))
    if (license !== 'unknown' && license !== 'public domain' && !owners) {
      this.#add('config-owner-missing', 'license', { value: license })
    }
  }

  #limits(): { timeLimitMs: number | undefined; outputMiB: number | undefined } {
    const value = this.#values.get('limits')
    const given = z.record(z.string(), z.unknown()).safeParse(value ?? {}).data
    if (given === undefined) this.#add('config-limit-bad', 'limits', { name: '…', value: shown(value) })
    const good = new Map<string, number>()
    for (const [name, limit] of Object.entries(given ?? {})) {
      if (limit === null || name === 'time_multipliers') continue
      const most = Object.hasOwn(limits, name) ? limits[name] : undefined
      const isGood = most !== undefined && typeof limit === 'number' && limit > 0 && limit <= most
      if (isGood) good.set(name, limit)
      else this.#add('config-limit-bad', 'limits', { name, value: shown(limit) })
    }
    const seconds = good.get('time_limit')
    return { timeLimitMs: seconds === undefined ? undefined : seconds * 1_000, outputMiB: good.get('output') }
  }

  #validation(): { isCustom: boolean; isInteractive: boolean } {
    const value = shown(this.#values.get('validation') ?? 'default')
    const [mode, ...rest] = value.trim().split(/\s+/)
    const isGood =
      (mode === 'default' && rest.length === 0) ||
      (mode === 'custom' && rest.every((word) => word === 'score' || word === 'interactive'))
    if (!isGood) this.#add('config-validation-bad', 'validation', { value })
    const flags = shown(this.#values.get('validator_flags') ?? '')
    if (mode === 'default' && !areDefaultFlags(flags))
      this.#add('config-validation-bad', 'validator_flags', { value: flags })
    return { isCustom: mode === 'custom', isInteractive: rest.includes('interactive') }
  }

  #add(id: Finding['id'], key: string, details: Finding['details'] = {}): void {
    this.#findings.push(finding(id, file, details, this.#lines.get(key)))
  }
}

/** Whether the default output validator understands a line of flags. */
function areDefaultFlags(line: string): boolean {
  const rest = line.split(/\s+/).filter((word) => word !== '')
  for (let flag = rest.shift(); flag !== undefined; flag = rest.shift()) {
    if (flag === 'case_sensitive' || flag === 'space_change_sensitive') continue
    if (!toleranceFlags.includes(flag)) return false
    const value = rest.shift()
    if (value === undefined || !(Number(value) >= 0)) return false
  }
  return true
}

function shown(value: unknown): string {
  const written = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null')
  return written.length > 60 ? `${written.slice(0, 60)}…` : written
}
