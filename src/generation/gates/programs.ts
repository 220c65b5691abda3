// G1: a program's source is sane: it compiles, reads standard input, prints, and touches nothing else.
import * as z from 'zod'
import type { Artefact } from '../../contract/verification.ts'
import { batchOf, type Source, tinyLimits } from '../programs.ts'
import type { Workbench } from '../workbench.ts'
import { inspectCompiled } from './compiled-inspector.ts'
import { failed, type Gate, passed } from './gate.ts'
import { pythonInspector } from './python-inspector.ts'

type ProgramArtefact = Exclude<Artefact, 'blueprint' | 'statement'>

const inspectionSchema = z.strictObject({ findings: z.array(z.string()), lines: z.int(), nodes: z.int() })
/** What was found, and how large the program is: syntax nodes in Python, words elsewhere. */
export type Inspection = z.infer<typeof inspectionSchema>

/** G1 for the programs of one artefact. */
export function sourceIsSane(artefact: ProgramArtefact, step: Gate['step'] = 'programs'): Gate {
  return {
    id: 'G1',
    step,
    subject: artefact,
    needs: [artefact],
    check: async ({ bench }) => {
      const sources = sourcesOf(bench, artefact)
      const inspections = await Promise.all(sources.map((source) => inspect(bench, source, artefact)))
      for (const [index, inspection] of inspections.entries()) {
        const name = sources.length === 1 ? artefact : `${artefact} ${index + 1}`
        // A source that breaks the parser itself (nesting, NUL bytes) is as little a sane program as one with findings.
        if (inspection === undefined) return failed('bad-source', `${name}: the source cannot be parsed`, [artefact])
        const { findings } = inspection
        if (findings.length > 0) return failed('bad-source', `${name}: ${findings[0]}`, [artefact], { findings })
      }
      const sum = (pick: (inspection: Inspection) => number): number =>
        inspections.reduce((total, inspection) => total + (inspection === undefined ? 0 : pick(inspection)), 0)
      const count = sources.length === 1 ? '' : ` of ${sources.length} programs`
      return passed(
        `${artefact}: ${sum(({ lines }) => lines)} lines${count}, ${sum(({ nodes }) => nodes)} syntax nodes, nothing but input and output`,
      )
    },
  }
}

/** Looks through a source: Python by its syntax tree, in the executor; other languages are compiled and searched by words. */
export async function inspect(
  bench: Workbench,
  source: Source,
  role: ProgramArtefact,
): Promise<Inspection | undefined> {
  return bench.once('inspection', [], [source, role], async () => {
    if (source.language !== 'python') return inspectWords(bench, source)
    const question = JSON.stringify({ source: source.code, role })
    const [result] = await bench.rerun({ language: 'python', code: pythonInspector }, [question], tinyLimits)
    return inspectionSchema.safeParse(parseJson(result?.stdout ?? '')).data
  })
}

async function inspectWords(bench: Workbench, source: Source): Promise<Inspection> {
  const lines = source.code.split('\n').length
  const nodes = source.code.match(/\w+|[^\s\w]/g)?.length ?? 0
  const { compile } = await bench.executor.run(batchOf(source, [], tinyLimits), bench.signal)
  const log = compile.ok ? [] : [`does not compile: ${firstError(compile.log)}`]
  return { findings: [...inspectCompiled(source.code), ...log], lines, nodes }
}

function firstError(log: string): string {
  const line = log.split('\n').find((text) => /error/i.test(text)) ?? log.trim().split('\n')[0] ?? ''
  return line.trim().slice(0, 200)
}

function sourcesOf(bench: Workbench, artefact: ProgramArtefact): readonly Source[] {
  return artefact === 'wrong-solutions' ? bench.draft.get(artefact).solutions : [bench.draft.get(artefact)]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
