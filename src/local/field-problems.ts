// What an answer with `bad-request` says about each field.
import * as z from 'zod'

export const fieldProblemsSchema = z.array(z.looseObject({ field: z.string(), message: z.string() }))
