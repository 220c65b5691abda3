// The base problems of the benchmark: blueprint and level of the scripted author.
import type { Base } from '../oracle/base.ts'
import { armourMatchEasy } from './armour-match-easy/base.ts'
import { beaconGapMedium } from './beacon-gap-medium/base.ts'
import { ferryTicketsMedium } from './ferry-tickets-medium/base.ts'
import { gearPairsMedium } from './gear-pairs-medium/base.ts'
import { hillViewHard } from './hill-view-hard/base.ts'
import { hillViewMedium } from './hill-view-medium/base.ts'
import { islandBridgesMedium } from './island-bridges-medium/base.ts'
import { kilnOrdersMedium } from './kiln-orders-medium/base.ts'
import { meetingVillageMedium } from './meeting-village-medium/base.ts'
import { parcelChuteMedium } from './parcel-chute-medium/base.ts'
import { rainLedgerMedium } from './rain-ledger-medium/base.ts'
import { scoreLedgerEasy } from './score-ledger-easy/base.ts'
import { signalNoiseMedium } from './signal-noise-medium/base.ts'
import { twinScrollsMedium } from './twin-scrolls-medium/base.ts'
import { workshopOrderMedium } from './workshop-order-medium/base.ts'

/** By id; the id is the folder's name, too. */
export const bases = {
  'armour-match-easy': armourMatchEasy,
  'beacon-gap-medium': beaconGapMedium,
  'ferry-tickets-medium': ferryTicketsMedium,
  'gear-pairs-medium': gearPairsMedium,
  'hill-view-hard': hillViewHard,
  'hill-view-medium': hillViewMedium,
  'island-bridges-medium': islandBridgesMedium,
  'kiln-orders-medium': kilnOrdersMedium,
  'meeting-village-medium': meetingVillageMedium,
  'parcel-chute-medium': parcelChuteMedium,
  'rain-ledger-medium': rainLedgerMedium,
  'score-ledger-easy': scoreLedgerEasy,
  'signal-noise-medium': signalNoiseMedium,
  'twin-scrolls-medium': twinScrollsMedium,
  'workshop-order-medium': workshopOrderMedium,
} as const satisfies Record<string, Base>

export type BaseId = keyof typeof bases
