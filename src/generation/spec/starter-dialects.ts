// How C, C++ and Java declare variables and read tokens into them.

/** What a value is: a 32-bit, 64-bit or larger integer, a real number, a text. */
export type ValueKind = 'int' | 'long' | 'big' | 'real' | 'text'

interface Scalar {
  readonly kind: ValueKind
  readonly name: string
}

export interface TokenDialect {
  readonly reserved: string
  /** Declares variables and reads them, in this order. */
  readonly readScalars: (scalars: readonly Scalar[]) => string[]
  /** Reads into what has been declared. */
  readonly readInto: (kind: ValueKind, target: string) => string
  readonly array: (kind: ValueKind, name: string, length: string) => string
  readonly matrix: (kind: ValueKind, name: string, rows: string, columns: string) => string
  /** So many lists, each of a length that is known later. */
  readonly lists: (kind: ValueKind, name: string, count: string) => string
  readonly allocate: (kind: ValueKind, element: string, length: string) => string
  readonly readLine: (name: string) => string[]
  readonly readLineInto: (target: string) => string
  readonly skipLine: string
  readonly isEqual: (text: string, literal: string) => string
  readonly length: (text: string) => string
  /** An operand in 64 bits. */
  readonly wide: (operand: string) => string
  /** A 64-bit value that is known to be a size. */
  readonly narrow: (value: string) => string
}

const cTypes: Record<ValueKind, string> = {
  int: 'int ',
  long: 'long long ',
  big: 'char *',
  real: 'double ',
  text: 'char *',
}
const cFormats: Record<ValueKind, string> = { int: '%d', long: '%lld', big: '%ms', real: '%lf', text: '%ms' }
const cWords =
  'auto break case char const continue default do double else enum extern float for goto if inline int long register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while main stdin stdout stderr malloc calloc free scanf printf getchar getline strlen strcmp readLine skipLine NULL EOF abs exit rand time div index y0 y1 j0 j1'

export const cDialect: TokenDialect = {
  reserved: cWords,
  readScalars: (scalars) => [
    ...scalars.map(({ kind, name }) => `${cTypes[kind]}${name};`),
    `if (scanf("${scalars.map(({ kind }) => cFormats[kind]).join(' ')}", ${scalars.map(({ name }) => `&${name}`).join(', ')}) != ${scalars.length}) return 1;`,
  ],
  readInto: (kind, target) => `if (scanf("${cFormats[kind]}", &${target}) != 1) return 1;`,
  array: (kind, name, length) =>
    `${cTypes[kind]}*${name} = malloc(((size_t) ${cGroup(length)} + 1) * sizeof *${name});`,
  matrix: (kind, name, rows, columns) =>
    `${cTypes[kind]}(*${name})[${columns}] = malloc(((size_t) ${cGroup(rows)} + 1) * sizeof *${name});`,
  lists: (kind, name, count) => `${cTypes[kind]}**${name} = malloc(((size_t) ${cGroup(count)} + 1) * sizeof *${name});`,
  allocate: (_, element, length) => `${element} = malloc(((size_t) ${cGroup(length)} + 1) * sizeof *${element});`,
  readLine: (name) => [`char *${name} = readLine();`],
  readLineInto: (target) => `${target} = readLine();`,
  skipLine: 'skipLine();',
  isEqual: (text, literal) => `strcmp(${text}, ${JSON.stringify(literal)}) == 0`,
  length: (text) => `(int) strlen(${text})`,
  wide: (operand) => `(long long) ${operand}`,
  narrow: (value) => value,
}

function cGroup(expression: string): string {
  return /^\w+$/.test(expression) ? expression : `(${expression})`
}

const cppTypes: Record<ValueKind, string> = {
  int: 'int',
  long: 'long long',
  big: 'string',
  real: 'double',
  text: 'string',
}

export const cppDialect: TokenDialect = {
  reserved: `${cWords} alignas alignof and asm bool catch class concept constexpr decltype delete explicit export false friend mutable namespace new noexcept not nullptr operator or private protected public requires template this thread_local throw true try typeid typename using virtual wchar_t xor cin cout cerr ios string vector min max sort swap numeric_limits streamsize size data begin end next prev count find distance map set pair list array queue stack left right hash`,
  readScalars: (scalars) => [
    ...scalars.map(({ kind, name }) => `${cppTypes[kind]} ${name};`),
    `cin >> ${scalars.map(({ name }) => name).join(' >> ')};`,
  ],
  readInto: (_, target) => `cin >> ${target};`,
  array: (kind, name, length) => `vector<${cppTypes[kind]}> ${name}(${length});`,
  matrix: (kind, name, rows, columns) =>
    `vector<vector<${cppTypes[kind]}>> ${name}(${rows}, vector<${cppTypes[kind]}>(${columns}));`,
  lists: (kind, name, count) => `vector<vector<${cppTypes[kind]}>> ${name}(${count});`,
  allocate: (_, element, length) => `${element}.resize(${length});`,
  readLine: (name) => [`string ${name};`, `getline(cin, ${name});`],
  readLineInto: (target) => `getline(cin, ${target});`,
  skipLine: `cin.ignore(numeric_limits<streamsize>::max(), '\\n');`,
  isEqual: (text, literal) => `${text} == ${JSON.stringify(literal)}`,
  length: (text) => `(int) ${text}.size()`,
  wide: (operand) => `(long long) ${operand}`,
  narrow: (value) => value,
}

const javaTypes: Record<ValueKind, string> = {
  int: 'int',
  long: 'long',
  big: 'BigInteger',
  real: 'double',
  text: 'String',
}
const javaReads: Record<ValueKind, string> = {
  int: 'in.nextInt()',
  long: 'in.nextLong()',
  big: 'new BigInteger(in.next())',
  real: 'in.nextDouble()',
  text: 'in.next()',
}

export const javaDialect: TokenDialect = {
  reserved:
    'abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally float for goto if implements import instanceof int interface long native new package private protected public return short static strictfp super switch synchronized this throw throws transient try void volatile while true false null var record yield in args Main Input String Math System BigInteger',
  readScalars: (scalars) => scalars.map(({ kind, name }) => `${javaTypes[kind]} ${name} = ${javaReads[kind]};`),
  readInto: (kind, target) => `${target} = ${javaReads[kind]};`,
  array: (kind, name, length) => `${javaTypes[kind]}[] ${name} = new ${javaTypes[kind]}[${length}];`,
  matrix: (kind, name, rows, columns) =>
    `${javaTypes[kind]}[][] ${name} = new ${javaTypes[kind]}[${rows}][${columns}];`,
  lists: (kind, name, count) => `${javaTypes[kind]}[][] ${name} = new ${javaTypes[kind]}[${count}][];`,
  allocate: (kind, element, length) => `${element} = new ${javaTypes[kind]}[${length}];`,
  readLine: (name) => [`String ${name} = in.nextLine();`],
  readLineInto: (target) => `${target} = in.nextLine();`,
  skipLine: 'in.skipLine();',
  isEqual: (text, literal) => `${text}.equals(${JSON.stringify(literal)})`,
  length: (text) => `${text}.length()`,
  wide: (operand) => `(long) ${operand}`,
  narrow: (value) => `(int) (${value})`,
}
