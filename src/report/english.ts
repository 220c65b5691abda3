// The report's words in English.
import type { ko } from './korean.ts'

const MiB = 1024 * 1024

export const en: typeof ko = {
  title: (name) => `Verification report: ${name}`,
  intro:
    'What follows comes from the record of executed programs and compared data. Exceptions: token counts are the provider’s, and the ideas and the claimed difficulty, marked as such, are the model’s words.',
  verified: (gates) => `Verified: all ${gates} gates were run and passed.`,
  basic: (missing) => `Basic only. Gates that were not run: ${missing}`,
  standIn: (scripted, calls) =>
    scripted === calls
      ? 'No real model was called. A scripted stand-in gave prepared replies: there was no cost, and token counts are its estimates.'
      : `${scripted} of ${calls} calls were answered by a scripted stand-in instead of a model; their token counts are estimates.`,
  glance: 'At a glance',
  question: 'Question',
  answer: 'Answer',
  topic: 'Topic and difficulty',
  made: 'Made at, by',
  unknown: 'not recorded',

  rightHead: 'Why the reference solution is right',
  nothingCompared: 'No comparison is on record.',
  samples: (numbers, count) => `${count === 1 ? 'sample' : 'samples'} ${numbers}`,
  tests: (numbers, count) => `${count === 1 ? 'test' : 'tests'} ${numbers}`,
  comparisonInputs: (count) => `${count} inputs to compare on`,
  agree: (names, count, where) =>
    count > 1
      ? `${count} programs (${names}) give the same answer: ${where}.`
      : `There is only the answer of the ${names}: ${where}.`,
  confirmedBy: (places, count, names) =>
    count > 1
      ? `The answers of ${places} are confirmed by ${count} only (${names}).`
      : `The answers of ${places} are the ${names}’s alone.`,
  absent: (role, cases) => `(${role}: ${cases})`,
  absence: (verdict, places) => `${places} ${verdict}`,
  largestByAll: (bytes, what, largest) =>
    `The largest input that all three finished has ${bytes} bytes${what === '' ? '' : ` (${what})`}; the largest test has ${largest}.`,
  independence:
    'The three programs were written in separate calls without sight of each other’s code, the blind solution from the finished statement alone.',
  standInIndependence:
    'With the stand-in all three were prepared beforehand: this run is no evidence that they are independent.',
  rewritten: (times) =>
    `Reference or brute force were written again ${times} ${times === 1 ? 'time' : 'times'} (see "Repairs"), with the counter-example and both outputs in sight.`,
  setsHead: 'Which inputs were used',
  set: 'Set of inputs',
  count: 'Number',
  what: 'What they are',
  gates: 'Used by',
  setSamples: 'Samples',
  setSamplesWhat: 'inputs by the model that wrote the blueprint, outputs by executing the reference',
  setGenerated: 'Generator runs',
  setGeneratedWhat: (tests) => `every strategy with its seeds; ${tests} of them are final tests`,
  setProving: 'Proving inputs',
  setProvingWhat:
    'samples, boundary and largest inputs of the spec, what the generator printed (each once); limits are measured on them',
  setCompared: 'Inputs to compare on',
  setComparedWhat: (small, middle, finished) =>
    `${small} small and ${middle} middle-sized ones made from the spec; the brute force finished ${finished}`,
  setTried: 'Inputs tried on mutants',
  setTriedWhat:
    'samples and the short ones of the proving inputs and the inputs to compare on (each once); final tests are chosen from these and the long proving inputs',
  setTests: 'Final tests',
  setTestsWhat: (generated) => `${generated} by the generator, the others made from the spec; used with the samples`,
  matrixHead: 'Programs and tests',
  matrixText: (samples, tests, stopMs) =>
    `${samples} samples, then ${tests} hidden tests. Reference and blind solution run on all of them; wrong solutions on samples and small tests, and on large ones only while nothing has failed; brute force and slow solutions from the largest test downwards until one fails, then on samples and small tests. A run is stopped at ${stopMs} ms of CPU time.`,

  testsHead: 'What the tests catch, and what they miss',
  testsShort: (m) =>
    `Among what was tried they catch ${m.killed} of ${m.mutants} mutants (the reference with one place changed) and ${m.refuted} of ${m.wrong} wrong solutions.`,
  missedShort: (passing, s, unkilled) =>
    `${[
      `They miss: wrong solutions that pass: ${passing}`,
      `mutants that answer otherwise on inputs that are no tests: ${s.answer}`,
      ...(s.time === 0 ? [] : [`mutants that are only slower on inputs that are no tests: ${s.time}`]),
      ...(s.unknown === 0 ? [] : [`mutants told apart only by inputs that are no tests: ${s.unknown}`]),
      `mutants that no input told apart: ${unkilled}${unkilled === 0 ? '' : ' (probably equal programs)'}`,
    ].join('; ')}.`,
  boundsShort: (missed) => `Ends of variables’ ranges that no test reaches: ${missed}.`,
  notTriedShort: 'Programs wrong in several places at once and ideas that are not listed were not tried.',
  mutationText: (m) =>
    `A mutant is the reference with one place changed. ${m.mutants} = ${m.killed} that answer otherwise, fail or run out of time on samples or final tests + ${m.survivors} told apart by other inputs only + ${m.equivalent} never told apart. The gate’s score is the share caught of the ${m.mutants - m.equivalent} told apart. ${m.hunted} of the final tests were taken from the inputs to compare on, to catch mutants, wrong solutions or rare answers.`,
  passingHead: (count) => `(a) Wrong solutions that pass every test: ${count}`,
  nonePassing: 'None of the solutions given as wrong passes every test.',
  passingText: 'They were given as wrong and the tests do not catch them; whether they are wrong was not shown.',
  survivorsHead: (count) => `(b) Mutants told apart, but by no final test: ${count}`,
  noSurvivors: 'There is no mutant that some other input tells apart and the final tests miss.',
  survivorsText: 'Some input shows that they behave otherwise; no such input is among the final tests.',
  witness: 'Told apart by',
  witnessText: (made, bytes) => `${made} (${bytes} bytes)`,
  differs: 'What differs',
  differences: { answer: 'another answer, or it fails', time: 'only slower' },
  whyNoTest: 'Why it is no test',
  leftOut: {
    bytes: (_tests, bytes) => `the inputs of all tests would exceed ${bytes / MiB} MiB`,
    count: (tests) => `there are at most ${tests} tests`,
  },
  unkilledHead: (count) => `(c) Mutants that no input told apart: ${count}`,
  noUnkilled: 'Every mutant was told apart by some input.',
  unkilledText: (inputs) =>
    `On none of ${inputs} inputs did they differ from the reference. Probably they are equal programs, which is not proved; the score leaves them out.`,
  line: 'Line',
  before: 'Before',
  after: 'After',
  sourceHead: (language) => `The reference (${language}); ▸ marks the lines of the tables above`,
  notTriedHead: 'What was not tried',
  notTried: (mutants) => [
    `other changes than these ${mutants}, two or more changes at once, and ideas that are not in the table below`,
    'every combination of variables at the ends of their ranges (each variable is counted by itself)',
  ],
  ideasHead: 'Wrong and slow solutions',
  ideasText: (bySamples, wrong) =>
    wrong === 0
      ? 'There is no wrong solution.'
      : `${bySamples} of ${wrong} wrong solutions fail a sample already; the samples alone would let ${wrong - bySamples} pass. For wrong ones the first failing test is given, for slow ones the test on which they failed.`,
  idea: 'Idea (the model’s words)',
  samplesAlone: 'Samples alone',
  hiddenTests: 'Hidden tests',
  passesAll: 'passes all',
  passesSome: (run, all) => `passes the ${run} it was run on (of ${all})`,
  boundsHead: 'Bounds',
  boundsText: (reached, all) => `Tests reach ${reached} of the ${all} least and greatest values of the variables.`,
  variable: 'Variable',
  least: 'Least seen',
  greatest: 'Greatest seen',
  missed: 'End not reached',
  leastMissed: 'least',
  greatestMissed: 'greatest',

  limitsHead: 'Where the limits come from',
  limitsShort: {
    formula: (f) =>
      `The time limit of ${f.limit} ms is ${f.factor} × the ${f.slowest} ms of CPU time that the reference needs on its slowest input, rounded up to ${f.stepMs} ms.`,
    least: (f) =>
      `The time limit of ${f.limit} ms is our minimum. The formula alone (${f.factor} × the reference’s ${f.slowest} ms of CPU time, rounded up to ${f.stepMs} ms) gives ${f.formula} ms.`,
    both: (f) =>
      `The time limit of ${f.limit} ms is ${f.factor} × the ${f.slowest} ms of CPU time that the reference needs on its slowest input, rounded up to ${f.stepMs} ms; our minimum is the same.`,
    unclear: (f) =>
      `The time limit of ${f.limit} ms comes from the about ${f.slowest} ms of CPU time that the reference needs on its slowest input; the stored figures are rounded, so that the formula cannot be worked out again.`,
  },
  measured: (inputs, slowest) =>
    `The reference was run twice on each of ${inputs} proving inputs; taking the better run of each, the slowest is ${slowest} ms of CPU time (on the machine that made the problem; the record does not say which, nor the language’s version).`,
  ruleText: (r) =>
    `${r.factor} × ${r.slowest} = ${r.product} ms, rounded up to ${r.stepMs} ms, is ${r.formula} ms; it is at least ${r.leastMs} ms:`,
  timeLimit: {
    formula: (ms) => `time limit ${ms} ms (by the formula)`,
    least: (ms) => `time limit ${ms} ms (our minimum)`,
    both: (ms) => `time limit ${ms} ms (formula and minimum alike)`,
    unclear: (ms) => `time limit ${ms} ms (the stored figures do not lead to it)`,
  },
  otherRun: (ms, place) =>
    `The picture’s ${ms} ms of the reference (${place}) are of one more run on the final tests, so they differ from the rule’s figure.`,
  slowText: (s) =>
    [
      ...(s.stopped === 0
        ? []
        : [
            `${s.stopped} of ${s.slow} slow solutions had not ended after ${s.stopMs} ms of CPU time on ${s.at} and were stopped; how much longer they need is not known. With a limit of that length the verdict would be the same.`,
          ]),
      ...(s.ended.length === 0
        ? []
        : [
            `${s.ended.length} of ${s.slow} slow solutions were not stopped so; their slowest runs: ${s.ended.join('; ')}.`,
          ]),
    ].join(' '),
  noSlow: 'There is no slow solution.',
  bruteText: (run) => `The brute force does not count for the limit. Its slowest run: ${run}.`,
  memoryText: (limit, used) => `Memory limit ${limit} MiB; the reference used at most ${used} MiB.`,
  memoryRule: {
    formula: (m) => `That is ${m.factor} × its use, rounded up to ${m.step} MiB.`,
    least: (m) =>
      `${m.factor} × its use, rounded up to ${m.step} MiB, is ${m.formula} MiB; the limit is our minimum of ${m.least} MiB.`,
    both: (m) => `That is ${m.factor} × its use, rounded up to ${m.step} MiB; our minimum is the same.`,
    unclear: () => '',
  },
  limit: 'limit',
  stopped: (ms) => `> ${ms} ms, stopped`,

  remakeHead: 'How to make the tests again',
  noTests: 'There is no hidden test.',
  remakeShort: (test) => `makes test ${test} again and compares it with the stored one, byte for byte.`,
  exampleOrigin: (test, origin) => `Test ${test}: ${origin}.`,
  localeOption: ' --locale en',
  successLine: 'When it succeeds this line appears, followed by the input:',
  remade: (test, madeBy, bytes) => `✔ test ${test} (${madeBy}, ${bytes} bytes): the same as the stored one`,
  byGenerator:
    'Generator tests: the strategy’s name, a blank, the seed and a line feed are the standard input of the generator program (Python), whose source is test_generator_code in the problem’s JSON. What it prints is the test, without blanks at line ends.',
  exactLine: (test) => `Test ${test}, for example:`,
  bySpec:
    'Spec tests are made from input_spec in the problem’s JSON. Family and name, as in the table, are the seed; there is no other.',
  bySamples: 'Samples: the model that wrote the blueprint made the inputs, without a seed; outputs are executed.',
  fingerprint: (digits) => `SHA-256 is of the input’s bytes, the first ${digits} digits. To check:`,
  number: 'No.',
  origin: 'Made by',
  bytes: 'Bytes',
  expected: 'Answer',
  specOrigin: (family, name) => `spec, family ${family}, name ${name}`,
  generatorOrigin: (strategy, seed) => `generator, strategy ${strategy}, seed ${seed}`,

  costHead: 'What it cost',
  costNothing: (calls) =>
    `Nothing: no real model was called. The stand-in answered ${calls} calls; token counts are its estimates.`,
  costShort: (usd, calls, tokens) => `${usd} for ${calls} model calls with ${tokens} tokens.`,
  unknownCost: 'The price of some model is not known: it is at least that much.',
  timeShort: (cpu, elapsed) => `${cpu} s of CPU time of executed programs, ${elapsed} s from start to end.`,
  call: 'Call',
  model: 'Model',
  prompt: 'Prompt',
  tokensIn: 'Tokens in',
  tokensOut: 'Tokens out',
  thinking: 'Thinking',
  price: 'US dollars',
  duration: 'ms',
  total: 'Total',
  tokensText: 'Thinking tokens are not within the output tokens; they are counted apart and priced as output.',
  standInTokens: 'The stand-in’s token counts are estimates, its price is 0.',
  priceSource: (source, date) => `Prices: ${source} (${date}).`,
  executed: (batches, executions, cpu, elapsed) =>
    `${executions} executions in ${batches} batches took ${cpu} s of CPU time; ${elapsed} s from start to end.`,
  notInCpu:
    'Not in the CPU time: compiling, the start of interpreters, waiting for the model, and our own work of making inputs and choosing tests. G23’s execution, after this record, is in neither.',
  notInCpuMeasured: (compile) =>
    `Not in the CPU time: compiling and checking sources (${compile} s by the clock), the start of interpreters, waiting for the model (see the table), and our own work of making inputs and choosing tests. Things run side by side, so these do not add up to the whole. G23’s execution, after this record, is in neither.`,

  difficultyHead: 'Difficulty',
  difficultyText: (claimed, measured) => `Labelled ${claimed} by the model, measured as ${measured}.`,
  reason: (stored) => stored,
  repairsHead: 'Repairs',
  noRepairs: 'Nothing had to be repaired.',
  versionsHead: 'Versions and seeds',
  seeds: (sampler, hash) =>
    `Hash of the input spec ${sampler}, which is also the seed of the inputs with which G2 tries the spec; the seeds of the tests are in their table. Hash seeds of the runs ${hash}.`,
  gatesHead: 'Gates',
  gate: 'Gate',
  checks: 'Proves',
  evidence: 'Evidence',
  gateCounts: (gates, records, repeated, failures) =>
    `${records} records of ${gates} gates${repeated === '' ? '' : `; several records, for each reply or program or each time: ${repeated}`}. ${failures === 0 ? 'None failed.' : `${failures} failed, and passed after a repair (✗).`}`,
  gateTimes:
    'The time is what the gate waited. A program runs once on the same bytes and gates share the results, so a gate that uses those of an earlier one takes next to nothing.',
  gateLast:
    'G24 counted the executions up to its turn. G23 reads the bytes that hold this record, makes and executes everything again and shares no result; the record is written first, so it has no time, and if G23 fails no problem leaves.',
  gateLanguage: [],
  roles: {
    reference: 'reference',
    'brute-force': 'brute force',
    solver: 'blind solution',
    wrong: 'wrong',
    slow: 'slow',
    generator: 'generator',
    checker: 'checker',
  },
  verdicts: {
    A: 'accepted',
    W: 'wrong answer',
    T: 'time limit',
    M: 'memory limit',
    O: 'output limit',
    R: 'runtime error',
    '.': 'not run',
  },
}
