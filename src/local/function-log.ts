// The function's log lines: all of them for who asked for it, else only what must not be missed.

const levelPattern = /"level":"([A-Z]+)"/

/** Whether a line is worth showing to somebody who did not ask for the log. What is no structured line always is. */
export function isAlarming(line: string): boolean {
  const level = levelPattern.exec(line)?.[1]
  return line.trim() !== '' && (level === undefined || level === 'ERROR' || level === 'CRITICAL')
}
