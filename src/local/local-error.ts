// What the local command says instead of a stack trace: a message in the caller's language, a stable code, an exit code.
import type { Locale } from '../contract/topics.ts'

/** Wrong use, or something on this machine that the person can put right. */
export class LocalError extends Error {
  override readonly name = 'LocalError'
  /** Stable word for programs that read `--json`. */
  readonly code: string
  /** 2 for wrong use, 1 for a run that did not end well. */
  readonly exitCode: 1 | 2
  readonly details: unknown

  constructor(code: string, message: string, options: { exitCode?: 1 | 2; details?: unknown; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.code = code
    this.exitCode = options.exitCode ?? 2
    this.details = options.details
  }
}

/** The system's own code for what went wrong (`EACCES`); undefined when there is none. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

const systemWords: Readonly<Record<string, Record<Locale, string>>> = {
  EACCES: { ko: '권한 없음', en: 'no permission' },
  EPERM: { ko: '허용되지 않음', en: 'not permitted' },
  EROFS: { ko: '읽기 전용', en: 'read-only' },
  ENOENT: { ko: '없음', en: 'not there' },
  ENOTDIR: { ko: '폴더가 아님', en: 'not a folder' },
  EISDIR: { ko: '파일이 아니라 폴더', en: 'a folder, not a file' },
  ENOSPC: { ko: '남은 공간 없음', en: 'no space left' },
}

/** What the system says was wrong, for a message: `권한 없음, EACCES`. */
export function systemReason(error: unknown, locale: Locale): string {
  const code = systemCode(error)
  if (code === undefined) return error instanceof Error ? error.message : 'I/O'
  const words = systemWords[code]?.[locale]
  return words === undefined ? code : `${words}, ${code}`
}
