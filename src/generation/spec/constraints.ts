// The statement's constraints: every variable's range and every promise about the structure.
import type { Block, Field, LeafBlock } from '../../contract/input-spec.ts'
import { boundText, range, same, type Words } from './words.ts'

/** One line for every promise of a block. */
export function constraintsOf(block: Block): Words[] {
  if (block.kind !== 'cases') return leafConstraints(block)
  return [
    range(block.name, block.min, block.max),
    ...block.blocks.flatMap(leafConstraints),
    ...block.sums.map(({ of, max }) => ({
      ko: `모든 테스트 케이스에 대한 ${boundText(of)}의 합은 ${boundText(max)} 이하이다.`,
      en: `The sum of ${boundText(of)} over all test cases is at most ${boundText(max)}.`,
    })),
  ]
}

function leafConstraints(block: LeafBlock): Words[] {
  switch (block.kind) {
    case 'line':
      return block.fields.flatMap(fieldConstraints)
    case 'array':
      return [
        range(`${block.name}_i`, block.min, block.max),
        ...(block.decimals === undefined ? [] : [decimalsText(`${block.name}_i`, block.decimals)]),
        ...(block.order === 'any' ? [] : [orderText(block.name, block.order)]),
        ...(block.distinct
          ? [{ ko: `${block.name}의 값은 모두 서로 다르다.`, en: `All values of ${block.name} are distinct.` }]
          : []),
        ...(block.sumMax === undefined
          ? []
          : [
              {
                ko: `${block.name}의 모든 값의 합은 ${boundText(block.sumMax)} 이하이다.`,
                en: `The sum of all values of ${block.name} is at most ${boundText(block.sumMax)}.`,
              },
            ]),
      ]
    case 'words':
      return [
        ...lengthAndAlphabet(`${block.name}_i`, block.minLength, block.maxLength, block.alphabet),
        ...(block.distinct
          ? [{ ko: `${block.name}의 문자열은 모두 서로 다르다.`, en: `All strings of ${block.name} are distinct.` }]
          : []),
      ]
    case 'permutation': {
      const first = String(block.first ?? 1)
      const last = boundText(block.first === 0 ? `${block.length}-1` : block.length)
      return [
        {
          ko: `${block.name}에는 ${first}부터 ${last}까지의 정수가 정확히 한 번씩 나타난다.`,
          en: `Each integer from ${first} to ${last} appears exactly once in ${block.name}.`,
        },
      ]
    }
    case 'string':
      return lengthAndAlphabet(block.name, block.minLength, block.maxLength, block.alphabet)
    case 'grid':
      return [
        alphabetText(block.name, block.alphabet),
        ...(block.exactly ?? []).map(({ character, count }) => ({
          ko: `${block.name}에 문자 \`${character}\`는 정확히 ${boundText(count)}번 나타난다.`,
          en: `The character \`${character}\` appears exactly ${count === '1' ? 'once' : `${boundText(count)} times`} in ${block.name}.`,
        })),
      ]
    case 'matrix':
      return [range(`${block.name}_{i,j}`, block.min, block.max)]
    case 'tree':
      return [
        { ko: '주어지는 그래프는 트리이다.', en: 'The given graph is a tree.' },
        ...numberingText(block),
        ...weightText(block.weight),
      ]
    case 'graph':
      return [...graphText(block), ...numberingText(block), ...weightText(block.weight)]
    case 'rows':
      return [
        ...block.fields.flatMap(fieldConstraints),
        ...(block.distinct ? [{ ko: '같은 줄이 두 번 주어지지 않는다.', en: 'No line is given twice.' }] : []),
        ...(block.sums ?? []).map(({ of, max }) => ({
          ko: `모든 줄에 대한 ${boundText(of)}의 합은 ${boundText(max)} 이하이다.`,
          en: `The sum of ${boundText(of)} over all lines is at most ${boundText(max)}.`,
        })),
      ]
    case 'queries':
      return block.forms.flatMap(({ fields }) => fields.flatMap(fieldConstraints))
  }
}

function fieldConstraints(field: Field): Words[] {
  switch (field.type) {
    case 'integer':
      return [
        range(field.name, field.min, field.max),
        ...(field.not === undefined ? [] : [same(`${field.name} ≠ ${boundText(field.not)}`)]),
      ]
    case 'real':
      return [range(field.name, field.min, field.max), decimalsText(field.name, field.decimals)]
    case 'list':
      return [range(`${field.name}_j`, field.min, field.max)]
    case 'word':
      return lengthAndAlphabet(field.name, field.minLength, field.maxLength, field.alphabet)
  }
}

function decimalsText(name: string, decimals: number): Words {
  return {
    ko: `${name}의 소수점 아래는 최대 ${decimals}자리이다.`,
    en: `${name} has at most ${decimals} digit${decimals === 1 ? '' : 's'} after the decimal point.`,
  }
}

/** Numbering from 1 is what everybody expects; it is said where the spec says it. */
function numberingText({ first, vertices }: { first?: 0 | 1 | undefined; vertices: string }): Words[] {
  if (first === undefined) return []
  const last = boundText(first === 0 ? `${vertices}-1` : vertices)
  return [
    { ko: `정점 번호는 ${first}부터 ${last}까지이다.`, en: `The vertices are numbered from ${first} to ${last}.` },
  ]
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
