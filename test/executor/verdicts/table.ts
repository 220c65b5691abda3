// The whole table: program × language × expected verdict.
import { endings } from './endings.ts'
import { inputOutput } from './input-output.ts'
import { languages } from './languages.ts'
import { memory } from './memory.ts'
import { output } from './output.ts'
import { rowsOf } from './situation.ts'
import { time } from './time.ts'

export const rows = [endings, time, memory, output, inputOutput, languages]
  .flat()
  .flatMap((situation) => rowsOf(situation))
