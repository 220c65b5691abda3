// Statements that print what starter code has read, so that its output can be compared with the input.
import type { ExecutorLanguage } from '../../../src/contract/languages.ts'
import type { InputSpec } from '../../../src/contract/input-spec.ts'

type Block = InputSpec['blocks'][number]
type Field = Extract<Block, { kind: 'line' }>['fields'][number]

/**
 * The program with every `solve here` replaced by statements that print all variables read before it: `echoToken` prints a token
 * (or all of a list), `echoLine` ends a line. Queries print their own lines; the order of lines is not that of the input.
 */
export function withEcho(spec: InputSpec, language: ExecutorLanguage, code: string): string {
  const blocks = spec.blocks.flatMap((block) => (block.kind === 'cases' ? block.blocks : [block]))
  const write = language === 'python' || language === 'javascript' ? listEcho(language, code) : arrayEcho(code)
  const echoes = blocks.flatMap((block) =>
    block.kind === 'queries' ? block.forms.map(({ tag, fields }) => write.query(tag, fields)) : [],
  )
  echoes.push(blocks.map((block) => write.block(block)).join('\n'))
  return code.replaceAll(/^( *)(?:#|\/\/) solve here$/gm, (_, indent: string) =>
    (echoes.shift() ?? '')
      .split('\n')
      .map((line) => indent + line)
      .join('\n'),
  )
}

interface EchoWriter {
  readonly block: (block: Block) => string
  readonly query: (tag: string, fields: readonly Field[]) => string
}

/** A name is followed by an underscore where the language has the word for itself. */
function nameIn(code: string, name: string): string {
  return new RegExp(`(?<![A-Za-z0-9_])${name}_(?![A-Za-z0-9_])`).test(code) ? `${name}_` : name
}

function line(...values: string[]): string {
  return `echoToken(${values.join(', ')})`
}

/** Lists know their lengths; `echoToken` takes any of them apart. */
function listEcho(language: 'python' | 'javascript', code: string): EchoWriter {
  const each = (list: string): string =>
    language === 'python' ? `for each in ${list}: echoToken(each)` : `for (const each of ${list}) echoToken(each)`
  const named = (fields: readonly Field[]): string[] => fields.map(({ name }) => nameIn(code, name))
  return {
    query: (tag, fields) => line(JSON.stringify(tag), ...named(fields)),
    block: (block) => {
      switch (block.kind) {
        case 'line':
          return line(...named(block.fields))
        case 'array':
        case 'words':
          return block.layout === 'line' ? line(nameIn(code, block.name)) : each(nameIn(code, block.name))
        case 'permutation':
        case 'string':
          return line(nameIn(code, block.name))
        case 'queries':
          return ''
        default:
          return each(nameIn(code, block.name))
      }
    },
  }
}

function token(value: string): string {
  return `echoToken(${value});`
}

/** Arrays are walked by the counts that the spec gives; the loops of the starter code itself say how. */
function arrayEcho(code: string): EchoWriter {
  const endLine = 'echoLine();'
  /** The head of the loop in which something is read. */
  const loopOver = (target: string): string => {
    const lines = code.split('\n')
    const at = lines.findIndex((line) => /scanf|cin >>|in\.next|readLine|getline/.test(line) && line.includes(target))
    const depth = /^ */.exec(lines[at] ?? '')?.[0].length ?? 0
    const head = lines
      .slice(0, at)
      .findLast((line) => line.trimStart().startsWith('for (') && (/^ */.exec(line)?.[0].length ?? 0) === depth - 4)
    return head?.trim() ?? ''
  }
  const index = (name: string, text = code): string =>
    new RegExp(`(?<![A-Za-z0-9_])${name}\\[(\\w+)\\]`).exec(text)?.[1] ?? ''
  const elements = (name: string, between = ''): string => {
    const element = `${name}[${index(name)}]`
    return `${loopOver(element)} ${token(element)} ${between} }`
  }
  const scalarsOf = (fields: readonly Field[]): string =>
    fields
      .map((field) => (field.type === 'list' ? elements(nameIn(code, field.name)) : token(nameIn(code, field.name))))
      .join(' ')
  return {
    query: (tag, fields) => `${token(JSON.stringify(tag))} ${scalarsOf(fields)} ${endLine}`,
    block: (block) => {
      switch (block.kind) {
        case 'line':
          return `${scalarsOf(block.fields)} ${endLine}`
        case 'array':
        case 'words':
          return block.layout === 'line'
            ? `${elements(nameIn(code, block.name))} ${endLine}`
            : elements(nameIn(code, block.name), endLine)
        case 'permutation':
          return `${elements(nameIn(code, block.name))} ${endLine}`
        case 'string':
          return `${token(nameIn(code, block.name))} ${endLine}`
        case 'grid':
          return elements(nameIn(code, block.name), endLine)
        case 'matrix': {
          const name = nameIn(code, block.name)
          const [, row = '', column = ''] = new RegExp(`${name}\\[(\\w+)\\]\\[(\\w+)\\]`).exec(code) ?? []
          const element = `${name}[${row}][${column}]`
          const inner = loopOver(element)
          const outer = code.split('\n').findLast((line) => line.includes(`for (int ${row} = 0`))
          return `${outer?.trim()} ${inner} ${token(element)} } ${endLine} }`
        }
        case 'tree':
        case 'graph': {
          const [u, v, w] = ['u', 'v', 'w'].map((part) => `${block.name}_${part}[${index(`${block.name}_u`)}]`)
          const weight = block.weight === undefined ? '' : token(w ?? '')
          return `${loopOver(u ?? '')} ${token(u ?? '')} ${token(v ?? '')} ${weight} ${endLine} }`
        }
        case 'rows': {
          const row = index(nameIn(code, block.fields[0]?.name ?? ''))
          const parts = block.fields.map((field) => {
            const element = `${nameIn(code, field.name)}[${row}]`
            if (field.type !== 'list') return token(element)
            const inner = index(`${nameIn(code, field.name)}\\[${row}\\]`)
            return `${loopOver(`${element}[${inner}]`)} ${token(`${element}[${inner}]`)} }`
          })
          return `${loopOver(`${nameIn(code, block.fields[0]?.name ?? '')}[${row}]`)} ${parts.join(' ')} ${endLine} }`
        }
        default:
          return ''
      }
    },
  }
}
