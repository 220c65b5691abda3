/** The parts of a list in one variable, without the spaces around them and without empty ones. */
export function commaSeparated(text: string | undefined): string[] {
  const parts = (text ?? '').split(',').map((part) => part.trim())
  return parts.filter((part) => part !== '')
}
