// stub
import type { InputSpec } from '../../contract/input-spec.ts'
import { contentHash } from '../draft.ts'
import { boundaryInputs, enumerateTiny, sampleMiddle, sampleSmall } from './sampler.ts'

export function specInputs(
  spec: InputSpec,
  family: 'boundary' | 'tiny' | 'small' | 'middle' | 'largest',
): { name: string; input: string }[] {
  const seed = contentHash(spec)
  const numbered = (inputs: string[]): { name: string; input: string }[] =>
    inputs.map((input, index) => ({ name: String(index + 1), input }))
  switch (family) {
    case 'boundary':
      return boundaryInputs(spec)
    case 'tiny':
      return numbered(enumerateTiny(spec, 250))
    case 'small':
      return numbered(sampleSmall(spec, 250, seed))
    case 'middle':
      return [
        { least: 8n, most: 14n },
        { least: 15n, most: 40n },
        { least: 41n, most: 100n },
      ].flatMap((sizes) =>
        sampleMiddle(spec, 12, seed, sizes).map((input, index) => ({ name: `${sizes.most}-${index + 1}`, input })),
      )
    case 'largest':
      return []
  }
}
