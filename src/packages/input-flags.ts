// The arguments that input validators get for a test: of the nearest file that says something of them.
import { parse } from 'yaml'
import * as z from 'zod'
import { type PackageTree, splitPath, textOf } from './tree.ts'

const flagsSchema = z.looseObject({
  input_validator_args: z.array(z.union([z.string(), z.number()])).optional(),
  input_validator_flags: z.union([z.string(), z.looseObject({ flags: z.string().optional() })]).optional(),
})

/** Arguments for the test whose input is at `path`. */
export function inputFlagsFor(tree: PackageTree, path: string): string[] {
  const own = flagsIn(tree, path.replace(/\.in$/, '.yaml'))
  if (own !== undefined) return own
  for (let { folder } = splitPath(path); folder !== ''; folder = splitPath(folder).folder) {
    const found = flagsIn(tree, `${folder}/test_group.yaml`) ?? flagsIn(tree, `${folder}/testdata.yaml`)
    if (found !== undefined) return found
  }
  return []
}

/** Undefined when the file is not there, is no YAML, or says nothing of it. */
function flagsIn({ files }: PackageTree, path: string): string[] | undefined {
  const file = files.get(path)
  if (file === undefined) return undefined
  let value: unknown
  try {
    value = parse(textOf(file) ?? '')
  } catch {
    // The tests cannot be read either, then; whoever reads them says so.
    return undefined
  }
  const { input_validator_args: list, input_validator_flags: line } = flagsSchema.safeParse(value).data ?? {}
  if (list !== undefined) return list.map(String)
  const words = typeof line === 'string' ? line : line?.flags
  return words?.split(/\s+/).filter((word) => word !== '')
}
