// Every attack there is.
import type { Attack } from './attack.ts'
import { compilingAttacks } from './compiling.ts'
import { descriptorAttacks } from './descriptors.ts'
import { fileAttacks } from './files.ts'
import { folderAttacks } from './folder.ts'
import { interpreterAttacks } from './interpreters.ts'
import { networkAttacks } from './network.ts'
import { otherProcessAttacks } from './others.ts'
import { persistenceAttacks } from './persistence.ts'
import { processAttacks } from './processes.ts'
import { resourceAttacks } from './resources.ts'
import { rightsAttacks } from './rights.ts'
import { signalAttacks } from './signals.ts'

export const attacks: readonly Attack[] = [
  ...processAttacks,
  ...signalAttacks,
  ...otherProcessAttacks,
  ...fileAttacks,
  ...descriptorAttacks,
  ...networkAttacks,
  ...rightsAttacks,
  ...persistenceAttacks,
  ...resourceAttacks,
  ...compilingAttacks,
  ...interpreterAttacks,
  ...folderAttacks,
]
