// G1: a program's source is sane: it compiles, reads standard input, prints, and touches nothing else.
import * as z from 'zod'
import type { Artefact } from '../../contract/verification.ts'
import { hashSeeds, tinyLimits } from '../workbench.ts'
import { failed, type Gate, passed } from './gate.ts'
import { pythonInspector } from './python-inspector.ts'

type ProgramArtefact = Extract<Artefact, 'reference' | 'brute-force' | 'generator'>

const inspectionSchema = z.strictObject({ findings: z.array(z.string()), lines: z.int(), nodes: z.int() })

/** G1 for one program: its syntax tree is walked by our own program in the executor. */
export function sourceIsSane(artefact: ProgramArtefact): Gate {
  return {
    id: 'G1',
    stage: 'programs',
    subject: artefact,
    needs: [artefact],
    check: async ({ bench }) => {
      const question = JSON.stringify({ source: bench.draft.get(artefact).code, role: artefact })
      const [result] = await bench.rerun(pythonInspector, [question], tinyLimits, hashSeeds.ordinary)
      const parsed = inspectionSchema.safeParse(parseJson(result?.stdout ?? ''))
      // A source that breaks the parser itself (nesting, NUL bytes) is as little a sane program as one with findings.
      if (!parsed.success) return failed('bad-source', `${artefact}: the source cannot be parsed`, [artefact])
      const { findings, lines, nodes } = parsed.data
      return findings.length === 0
        ? passed(`${artefact}: ${lines} lines, ${nodes} syntax nodes, nothing but input and output`)
        : failed('bad-source', `${artefact}: ${findings[0]}`, [artefact], { findings })
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
