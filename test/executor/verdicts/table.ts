// The whole table: program × language × expected verdict.
import { endings } from './endings.ts'
import { inputOutput } from './input-output.ts'
import { languages } from './languages.ts'
import { memory } from './memory.ts'
import { output } from './output.ts'
import { rowsOf } from './situation.ts'
import { time } from './time.ts'

/** Rows about limits and ends, which every tier of protections enforces by means of its own. */
export const limitRows = [endings, time, memory, output].flat().flatMap((situation) => rowsOf(situation))
export const rows = [...limitRows, ...[inputOutput, languages].flat().flatMap((situation) => rowsOf(situation))]
