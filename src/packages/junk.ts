// Damage as careless generators, editors and programs do it, to inputs and to outputs, whatever the problem.

/** A damaged text, and what was done to it. */
export interface Damage {
  readonly kind: string
  readonly input: string
}

/** Damaged forms of a legal input. Some may be legal in some formats: only who accepts all of one kind is careless. */
export function damaged(legal: string): Damage[] {
  const body = legal.replace(/\n$/, '')
  const lines = body.split('\n')
  const [first = '', ...others] = lines
  const withFirst = (line: string): string => [line, ...others, ''].join('\n')
  const integer = /-?\d+/.exec(first)?.[0]
  const replaced = (kind: string, text: string): Damage[] =>
    integer === undefined ? [] : [{ kind, input: withFirst(first.replace(integer, text)) }]
  return [
    { kind: 'empty', input: '' },
    { kind: 'extra-line', input: `${body}\n0\n` },
    { kind: 'extra-token', input: withFirst(`${first} 1`) },
    { kind: 'trailing-junk', input: `${body}\nEOF\n` },
    ...(lines.length > 1 ? [{ kind: 'missing-line', input: [...lines.slice(0, -1), ''].join('\n') }] : []),
    ...replaced('letter-in-number', `${integer}x`),
    ...replaced('leading-zero', String(integer).replace(/\d/, '0$&')),
    ...replaced('fraction', `${integer}.5`),
    ...replaced('beyond-64-bits', '92233720368547758080'),
    { kind: 'leading-blank', input: ` ${legal}` },
    { kind: 'trailing-blank', input: withFirst(`${first} `) },
    ...(first.includes(' ') ? [{ kind: 'double-blank', input: withFirst(first.replace(' ', '  ')) }] : []),
    { kind: 'carriage-return', input: legal.replaceAll('\n', '\r\n') },
    { kind: 'no-final-line-feed', input: body },
  ]
}

/** Outputs that cannot all be right: damaged forms of the answer, and the answer to another input. */
export function garbage(answer: string, otherAnswer: string | undefined): readonly { kind: string; output: string }[] {
  const words = answer.trim().split(/\s+/)
  const truncated = `${answer
    .trim()
    .slice(0, -(words.at(-1)?.length ?? 0))
    .trimEnd()}\n`
  return [
    { kind: 'empty', output: '' },
    { kind: 'letters', output: 'qwzx vjk\n' },
    ...(words.length > 1 ? [{ kind: 'truncated', output: truncated }] : []),
    { kind: 'appended-token', output: `${answer.trimEnd()} 7919\n` },
    ...(otherAnswer === undefined ? [] : [{ kind: 'other-answer', output: otherAnswer }]),
  ]
}
