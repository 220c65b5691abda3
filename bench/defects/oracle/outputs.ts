// What an output looks like, compared with the right one.

/**
 * `unclean`: tokens of a kind that does not belong there, something before or after the right answer, or characters that
 * nobody sees; `wrong`: another answer. Blanks and line ends do not matter.
 */
export function outputFault(
  output: string,
  answer: string,
  kind: 'integers' | 'words',
): 'unclean' | 'wrong' | undefined {
  const tokens = tokensOf(output)
  const right = tokensOf(answer)
  if (Array.from(output).some((char) => !/[\t\n\r -~]/.test(char))) return 'unclean'
  if (kind === 'integers' && tokens.some((token) => !/^(?:0|-?[1-9]\d*)$/.test(token))) return 'unclean'
  if (tokens.join(' ') === right.join(' ')) return undefined
  const isAround = tokens.length > right.length && right.every((token, index) => token === tokens[index])
  return isAround ? 'unclean' : 'wrong'
}

function tokensOf(text: string): string[] {
  return text.split(/\s+/).filter((token) => token !== '')
}
