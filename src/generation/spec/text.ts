// The spec in words: the statement's constraints and input format, in Korean and English. No number in them comes from a model.
import type { Block, Field, InputSpec } from '../../contract/input-spec.ts'
import type { Locale } from '../../contract/topics.ts'

type Words = Record<Locale, string>

/** The statement's constraints: one line each, every variable's range and every promise about the structure. */
export function constraintsText(spec: InputSpec, locale: Locale): string {
  return spec.blocks
    .flatMap((block) => constraintsOf(block))
    .map((line) => `- ${line[locale]}`)
    .join('\n')
}

/** The statement's input format: one sentence a block, in reading order. */
export function inputFormatText(spec: InputSpec, locale: Locale): string {
  return spec.blocks.map((block, index) => formatOf(block, index)[locale]).join('\n')
}

/** A bound as people write it: `200,000`, `10^9`, `N - 1`. */
function boundText(expression: string): string {
  return /^-?\d+$/.test(expression)
    ? expression.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
    : expression
        .replaceAll(/\s+/g, '')
        .replaceAll(/(?<=[A-Za-z0-9_)])([-+*/])/g, ' $1 ')
        .replaceAll(' * ', ' × ')
        .replaceAll(/\d{4,}/g, (digits) => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ','))
        .replaceAll(',', ', ')
        .replaceAll(/(\d), (?=\d{3}(?:\D|$))/g, '$1,')
}

const same = (text: string): Words => ({ ko: text, en: text })

function range(name: string, min: string, max: string): Words {
  return same(min === max ? `${name} = ${boundText(min)}` : `${boundText(min)} ≤ ${name} ≤ ${boundText(max)}`)
}

function constraintsOf(block: Block): Words[] {
  switch (block.kind) {
    case 'line':
      return block.fields.flatMap(fieldConstraints)
    case 'array':
      return [
        range(`${block.name}_i`, block.min, block.max),
        ...(block.order === 'any' ? [] : [orderText(block.name, block.order)]),
        ...(block.distinct
          ? [{ ko: `${block.name}의 값은 모두 서로 다르다.`, en: `All values of ${block.name} are distinct.` }]
          : []),
      ]
    case 'permutation':
      return [
        {
          ko: `${block.name}에는 1부터 ${boundText(block.length)}까지의 정수가 정확히 한 번씩 나타난다.`,
          en: `Each integer from 1 to ${boundText(block.length)} appears exactly once in ${block.name}.`,
        },
      ]
    case 'string':
      return lengthAndAlphabet(block.name, block.minLength, block.maxLength, block.alphabet)
    case 'grid':
      return [alphabetText(block.name, block.alphabet)]
    case 'tree':
      return [{ ko: '주어지는 그래프는 트리이다.', en: 'The given graph is a tree.' }, ...weightText(block.weight)]
    case 'graph':
      return [...graphText(block), ...weightText(block.weight)]
    case 'rows':
      return [
        ...block.fields.flatMap(fieldConstraints),
        ...(block.distinct ? [{ ko: '같은 줄이 두 번 주어지지 않는다.', en: 'No line is given twice.' }] : []),
      ]
  }
}

function fieldConstraints(field: Field): Words[] {
  return field.type === 'integer'
    ? [range(field.name, field.min, field.max)]
    : lengthAndAlphabet(field.name, field.minLength, field.maxLength, field.alphabet)
}

function lengthAndAlphabet(name: string, min: string, max: string, alphabet: string): Words[] {
  return [range(`|${name}|`, min, max), alphabetText(name, alphabet)]
}

function alphabetText(name: string, alphabet: string): Words {
  const chars = `\`${alphabet}\``
  return { ko: `${name}의 각 문자는 ${chars} 중 하나이다.`, en: `Each character of ${name} is one of ${chars}.` }
}

function orderText(name: string, order: Exclude<Extract<Block, { kind: 'array' }>['order'], 'any'>): Words {
  const words = {
    increasing: { ko: '순증가하는 순서로', en: 'in strictly increasing order' },
    'non-decreasing': { ko: '감소하지 않는 순서로', en: 'in non-decreasing order' },
    decreasing: { ko: '순감소하는 순서로', en: 'in strictly decreasing order' },
    'non-increasing': { ko: '증가하지 않는 순서로', en: 'in non-increasing order' },
  }[order]
  return { ko: `${name}의 값은 ${words.ko} 주어진다.`, en: `The values of ${name} are given ${words.en}.` }
}

function graphText(block: Extract<Block, { kind: 'graph' }>): Words[] {
  const kind = block.directed
    ? {
        ko: '간선에는 방향이 있다: 줄 `u v`는 u에서 v로 가는 간선이다.',
        en: 'Edges are directed: a line `u v` is an edge from u to v.',
      }
    : { ko: '간선에는 방향이 없다.', en: 'Edges are undirected.' }
  const loops = block.simple
    ? { ko: '자기 자신으로 가는 간선과 중복 간선은 없다.', en: 'There are no loops and no repeated edges.' }
    : { ko: '자기 자신으로 가는 간선은 없다. 중복 간선은 있을 수 있다.', en: 'There are no loops. Edges may repeat.' }
  return [
    kind,
    loops,
    ...(block.connected ? [{ ko: '그래프는 연결되어 있다.', en: 'The graph is connected.' }] : []),
    ...(block.acyclic ? [{ ko: '그래프에는 사이클이 없다.', en: 'The graph has no cycle.' }] : []),
  ]
}

function weightText(weight: { min: string; max: string } | undefined): Words[] {
  return weight === undefined ? [] : [range('w', weight.min, weight.max)]
}

function formatOf(block: Block, index: number): Words {
  const here =
    index === 0 ? { ko: '첫째 줄에', en: 'The first line contains' } : { ko: '다음 줄에', en: 'The next line contains' }
  const following = (count: string): Words =>
    index === 0
      ? { ko: `${boundText(count)}개의 줄에 걸쳐`, en: `There are ${boundText(count)} lines, each with` }
      : { ko: `다음 ${boundText(count)}개의 줄에`, en: `Each of the next ${boundText(count)} lines contains` }
  switch (block.kind) {
    case 'line':
      return {
        ko: `${here.ko} ${fieldList(block.fields, 'ko')} 주어진다.`,
        en: `${here.en} ${fieldList(block.fields, 'en')}.`,
      }
    case 'array':
      return block.layout === 'line'
        ? {
            ko: `${here.ko} ${boundText(block.length)}개의 정수 ${block.name}_1, ${block.name}_2, …가 공백으로 구분되어 주어진다.`,
            en: `${here.en} ${boundText(block.length)} integers ${block.name}_1, ${block.name}_2, … separated by single spaces.`,
          }
        : {
            ko: `${following(block.length).ko} 정수 ${block.name}_i가 한 줄에 하나씩 주어진다.`,
            en: `${following(block.length).en} one integer ${block.name}_i.`,
          }
    case 'permutation':
      return {
        ko: `${here.ko} 순열 ${particle(block.name, '을', '를')} 이루는 ${boundText(block.length)}개의 정수가 공백으로 구분되어 주어진다.`,
        en: `${here.en} the ${boundText(block.length)} integers of the permutation ${block.name}, separated by single spaces.`,
      }
    case 'string':
      return {
        ko: `${here.ko} 문자열 ${particle(block.name, '이', '가')} 주어진다.`,
        en: `${here.en} the string ${block.name}.`,
      }
    case 'grid':
      return {
        ko: `${following(block.rows).ko} 격자 ${block.name}의 각 행이 길이 ${boundText(block.columns)}인 문자열로 주어진다.`,
        en: `${following(block.rows).en} a row of the grid ${block.name}: ${boundText(block.columns)} characters without spaces.`,
      }
    case 'tree':
      return edgeFormat(following(`${block.vertices}-1`), block.name, block.weight !== undefined)
    case 'graph':
      return edgeFormat(following(block.edges), block.name, block.weight !== undefined)
    case 'rows':
      return {
        ko: `${following(block.count).ko} ${fieldList(block.fields, 'ko')} 주어진다.`,
        en: `${following(block.count).en} ${fieldList(block.fields, 'en')}.`,
      }
  }
}

function edgeFormat(lines: Words, name: string, weighted: boolean): Words {
  return weighted
    ? {
        ko: `${lines.ko} 간선(${name})의 양 끝 정점 번호 u, v와 가중치 w가 공백으로 구분되어 주어진다.`,
        en: `${lines.en} an edge of ${name}: its end vertices u and v and its weight w.`,
      }
    : {
        ko: `${lines.ko} 간선(${name})의 양 끝 정점 번호 u, v가 공백으로 구분되어 주어진다.`,
        en: `${lines.en} an edge of ${name}: its end vertices u and v.`,
      }
}

function fieldList(fields: readonly Field[], locale: Locale): string {
  const named = fields.map((field) =>
    field.type === 'integer'
      ? { ko: `정수 ${field.name}`, en: `an integer ${field.name}` }[locale]
      : { ko: `문자열 ${field.name}`, en: `a string ${field.name}` }[locale],
  )
  if (named.length === 1) return locale === 'ko' ? particle(named[0] ?? '', '이', '가') : (named[0] ?? '')
  return locale === 'ko'
    ? `${particle(named.join(', '), '이', '가')} 공백으로 구분되어`
    : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}, separated by single spaces`
}

/** A name with its Korean particle, chosen by how its last letter or digit is read aloud (엘, 엠, 엔, 알; 영, 일, 삼, 육, 칠, 팔). */
function particle(name: string, afterConsonant: string, afterVowel: string): string {
  return name + (/[LMNRlmnr013678]$/.test(name) ? afterConsonant : afterVowel)
}
