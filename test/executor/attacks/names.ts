// Names that attacks plant and finders look for, and the secrets no program may ever print.

/** Part of every name an attack plants, whatever the kind of thing. */
export const mark = 'alpaco-planted'

/** Where an attack tries to leave things: its own folder and its parent, and every place that is writable somewhere. */
export const places = [
  '.',
  '..',
  '/tmp',
  '/var/tmp',
  '/dev/shm',
  '/dev/mqueue',
  '/dev',
  '/run',
  '/run/lock',
  '/run/user',
  '/var/lock',
  '/var/task',
  '/var/crash',
  '/opt',
  '/home',
  '/mnt',
  '/',
] as const

/** What an attack leaves there; each kind is a name of its own, so that a finder tells which one it met. */
export const kinds = [
  'file',
  'dir',
  'deep',
  'symlink',
  'hardlink',
  'output',
  'program',
  'fifo',
  'socket',
  'device',
  'moved',
  'daemon',
  'cache',
  'temporary',
] as const

/** Key of System V objects. */
export const ipcKey = 0x41_4c_50_41

/** Our process has a variable of this name; nobody may ever print its value. */
export const secretVariable = 'ALPACO_CANARY_SECRET'

/** Stand in programs for the path of a file that only we may read, and of a folder anybody may write to. */
export const secretFileSlot = '@SECRET_FILE@'
export const preciousFolderSlot = '@PRECIOUS_FOLDER@'
