// The spec in words: the statement's constraints and input format, in Korean and English. No number in them comes from a model.
import type { Block, Field, InputSpec, LeafBlock } from '../../contract/input-spec.ts'
import type { Locale } from '../../contract/topics.ts'
import { constraintsOf } from './constraints.ts'
import { boundText, particle, type Words } from './words.ts'

/** The statement's constraints: one line each, every variable's range and every promise about the structure. */
export function constraintsText(spec: InputSpec, locale: Locale): string {
  const lines = spec.blocks.flatMap((block) => constraintsOf(block)).map((line) => `- ${line[locale]}`)
  // Forms of queries often share their bounds.
  return [...new Set(lines)].join('\n')
}

/** The statement's input format: one sentence a block, in reading order. */
export function inputFormatText(spec: InputSpec, locale: Locale): string {
  return spec.blocks
    .flatMap((block, index) => formatOf(block, index === 0 ? 'first' : 'next'))
    .map((sentence) => sentence[locale])
    .join('\n')
}

/** Where a block stands: at the top of the input, at the top of a case, or below another block. */
type Position = 'first' | 'first-of-case' | 'next'

function formatOf(block: Block, position: Position): Words[] {
  if (block.kind !== 'cases') return [leafFormat(block, position)]
  const { ko, en } = here(position)
  return [
    {
      ko: `${ko} 테스트 케이스의 개수 ${particle(block.name, '이', '가')} 주어진다. 각 테스트 케이스는 다음과 같이 주어진다.`,
      en: `${en} the number of test cases ${block.name}. Each test case is given as follows.`,
    },
    ...block.blocks.map((leaf, index) => leafFormat(leaf, index === 0 ? 'first-of-case' : 'next')),
  ]
}

function here(position: Position): Words {
  switch (position) {
    case 'first':
      return { ko: '첫째 줄에', en: 'The first line contains' }
    case 'first-of-case':
      return { ko: '각 테스트 케이스의 첫째 줄에', en: 'The first line of each test case contains' }
    case 'next':
      return { ko: '다음 줄에', en: 'The next line contains' }
  }
}

function following(position: Position, count: string): Words {
  const lines = boundText(count)
  switch (position) {
    case 'first':
      return { ko: `${lines}개의 줄에 걸쳐`, en: `There are ${lines} lines, each with` }
    case 'first-of-case':
      return {
        ko: `각 테스트 케이스의 처음 ${lines}개의 줄에`,
        en: `Each of the first ${lines} lines of a test case contains`,
      }
    case 'next':
      return { ko: `다음 ${lines}개의 줄에`, en: `Each of the next ${lines} lines contains` }
  }
}

function leafFormat(block: LeafBlock, position: Position): Words {
  const { ko, en } = here(position)
  switch (block.kind) {
    case 'line':
      return {
        ko: `${ko} ${fieldList(block.fields, 'ko')} 주어진다.`,
        en: `${en} ${fieldList(block.fields, 'en')}.`,
      }
    case 'array':
      return block.decimals === undefined
        ? sequence(block, position, { ko: '정수', en: 'integer' })
        : sequence(block, position, { ko: '실수', en: 'real number' })
    case 'words':
      return sequence(block, position, { ko: '문자열', en: 'string' })
    case 'permutation':
      return {
        ko: `${ko} 순열 ${particle(block.name, '을', '를')} 이루는 ${boundText(block.length)}개의 정수가 공백으로 구분되어 주어진다.`,
        en: `${en} the ${boundText(block.length)} integers of the permutation ${block.name}, separated by single spaces.`,
      }
    case 'string':
      return { ko: `${ko} 문자열 ${particle(block.name, '이', '가')} 주어진다.`, en: `${en} the string ${block.name}.` }
    case 'grid': {
      const lines = following(position, block.rows)
      return {
        ko: `${lines.ko} 격자 ${block.name}의 각 행이 길이 ${boundText(block.columns)}인 문자열로 주어진다.`,
        en: `${lines.en} a row of the grid ${block.name}: ${boundText(block.columns)} characters without spaces.`,
      }
    }
    case 'matrix': {
      const lines = following(position, block.rows)
      return {
        ko: `${lines.ko} 행렬 ${block.name}의 각 행을 이루는 ${boundText(block.columns)}개의 정수가 공백으로 구분되어 주어진다.`,
        en: `${lines.en} a row of the matrix ${block.name}: ${boundText(block.columns)} integers separated by single spaces.`,
      }
    }
    case 'tree':
      return edgeFormat(following(position, `${block.vertices}-1`), block.name, block.weight !== undefined)
    case 'graph':
      return edgeFormat(following(position, block.edges), block.name, block.weight !== undefined)
    case 'rows': {
      const lines = following(position, block.count)
      return {
        ko: `${lines.ko} ${fieldList(block.fields, 'ko')} 주어진다.`,
        en: `${lines.en} ${fieldList(block.fields, 'en')}.`,
      }
    }
    case 'queries': {
      const lines = following(position, block.count)
      return {
        ko: `${lines.ko} 쿼리가 하나씩 주어진다. 각 쿼리는 다음 중 하나이다: ${formList(block.forms, 'ko')}.`,
        en: `${lines.en} a query of one of these forms: ${formList(block.forms, 'en')}.`,
      }
    }
  }
}

/** Elements of one kind, on one line or one a line. */
function sequence(
  block: { name: string; length: string; layout: 'line' | 'column' },
  position: Position,
  what: Words,
): Words {
  const { name, length, layout } = block
  if (layout === 'line') {
    const { ko, en } = here(position)
    return {
      ko: `${ko} ${boundText(length)}개의 ${what.ko} ${name}_1, ${name}_2, …가 공백으로 구분되어 주어진다.`,
      en: `${en} ${boundText(length)} ${what.en}s ${name}_1, ${name}_2, … separated by single spaces.`,
    }
  }
  const lines = following(position, length)
  return {
    ko: `${lines.ko} ${what.ko} ${name}_i가 한 줄에 하나씩 주어진다.`,
    en: `${lines.en} one ${what.en} ${name}_i.`,
  }
}

/** `1 l r` (an integer l and an integer r); `2 x` (an integer x). */
function formList(forms: readonly { tag: string; fields: readonly Field[] }[], locale: Locale): string {
  return forms
    .map(({ tag, fields }) => {
      const written = `\`${[tag, ...fields.map((field) => (field.type === 'list' ? `${field.name}_1 ${field.name}_2 …` : field.name))].join(' ')}\``
      return fields.length === 0 ? written : `${written} (${names(fields, locale)})`
    })
    .join('; ')
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

/** The fields of one line, as the subject or object of a sentence. */
function fieldList(fields: readonly Field[], locale: Locale): string {
  const single = fields.length === 1 && fields[0]?.type !== 'list'
  if (locale === 'ko') return `${particle(names(fields, 'ko'), '이', '가')}${single ? '' : ' 공백으로 구분되어'}`
  return single ? names(fields, 'en') : `${names(fields, 'en')}, separated by single spaces`
}

function names(fields: readonly Field[], locale: Locale): string {
  const named = fields.map((field) => fieldName(field)[locale])
  if (locale === 'ko' || named.length === 1) return named.join(', ')
  return `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`
}

function fieldName(field: Field): Words {
  const { name } = field
  switch (field.type) {
    case 'integer':
      return { ko: `정수 ${name}`, en: `an integer ${name}` }
    case 'real':
      return { ko: `실수 ${name}`, en: `a real number ${name}` }
    case 'word':
      return { ko: `문자열 ${name}`, en: `a string ${name}` }
    case 'list': {
      const length = boundText(field.length)
      return { ko: `${length}개의 정수 ${name}_1, ${name}_2, …`, en: `${length} integers ${name}_1, ${name}_2, …` }
    }
  }
}
