// Where the stand-in still differs from the service. Each gap has a test that shows it, so that one which dynalite
// closes one day is noticed and taken off the list.

export interface KnownGap {
  readonly behaviour: string
  readonly realService: string
  readonly standIn: string
}

export const knownGaps = [
  {
    behaviour: 'transactions on the same item at the same time',
    realService: 'all but one are cancelled with TransactionConflict, and a single write may be refused, too',
    standIn: 'they wait for each other; a conflict has to be planted with setFault',
  },
  {
    behaviour: 'expiry of items',
    realService: 'items are deleted some days after their time-to-live has passed',
    standIn: 'they stay for ever',
  },
  {
    behaviour: 'readiness of a new table',
    realService: 'a table takes seconds to become ACTIVE and refuses operations until then',
    standIn: 'it is ACTIVE as soon as CreateTable has answered (with CREATING)',
  },
  {
    behaviour: 'freshness of a global secondary index',
    realService: 'an index follows its table after a moment',
    standIn: 'it changes together with its table',
  },
  {
    behaviour: 'adding an index to an on-demand table',
    realService: 'UpdateTable builds the index',
    standIn: 'ValidationException',
  },
  {
    behaviour: 'change streams',
    realService: 'StreamSpecification gives the table a stream',
    standIn: 'it is ignored',
  },
  {
    behaviour: 'tags and deletion protection in CreateTable',
    realService: 'the table has them from the start',
    standIn: 'they are ignored (TagResource works)',
  },
  {
    behaviour: 'item count of a table',
    realService: 'DescribeTable tells it, up to six hours late',
    standIn: 'it is always 0',
  },
  {
    behaviour: 'PartiQL, backups and account limits',
    realService: 'ExecuteStatement, UpdateContinuousBackups, DescribeLimits and their like work',
    standIn: 'UnknownOperationException',
  },
  {
    behaviour: 'size of a BatchGetItem reply',
    realService: 'keys are left unprocessed beyond 16 MB',
    standIn: 'they are left unprocessed beyond 1.4 MB',
  },
  {
    behaviour: 'conditions that compare lists or maps',
    realService: 'equal lists and equal maps are equal',
    standIn: 'they never are',
  },
  {
    behaviour: 'conditions that compare two missing attributes',
    realService: 'the condition fails',
    standIn: 'they are equal',
  },
  {
    behaviour: 'conditions on an empty string or false',
    realService: 'IN, BETWEEN and size() take them like any value',
    standIn: 'IN and BETWEEN fail, size() has no value',
  },
  {
    behaviour: 'ordering of truth values',
    realService: 'ValidationException: a BOOL operand cannot be ordered',
    standIn: 'they are compared',
  },
  {
    behaviour: 'precision of sums',
    realService: 'a sum of more than 38 digits is refused',
    standIn: 'it is stored with all its digits',
  },
  {
    behaviour: 'depth of nesting',
    realService: 'more than 32 levels are refused',
    standIn: 'any depth is stored',
  },
  {
    behaviour: 'credentials',
    realService: 'the signature is checked',
    standIn: 'any signature will do',
  },
] as const satisfies readonly KnownGap[]
