// What is left of the sums that a spec bounds, while cases or rows are drawn one after the other.
import type { LeafBlock } from '../../contract/input-spec.ts'
import { Frame, type Scope, SpecError, valueOf, variablesOf } from './expression.ts'
import { add, divideDown, greatest, type Int, least, multiply, subtract } from './int.ts'

interface Budget {
  readonly of: string
  readonly variables: readonly string[]
  readonly most: Int
  left: Int
}

export class Budgets {
  readonly #budgets: Budget[]
  readonly #blocks: readonly LeafBlock[]
  readonly #outer: Scope
  readonly #isFair: boolean
  #rounds = 1

  /** @param isFair every round gets its share of what is left, instead of whatever the rest can do without. */
  constructor(
    sums: readonly { of: string; max: string }[],
    scope: Scope,
    blocks: readonly LeafBlock[],
    isFair: boolean,
  ) {
    this.#outer = scope
    this.#blocks = blocks
    this.#isFair = isFair
    this.#budgets = sums.map(({ of, max }) => {
      const most = valueOf(max, scope)
      return { of, variables: variablesOf(of), most, left: most }
    })
  }

  /** How many rounds there can be at most, each as small as it can be. */
  mostRounds(): Int {
    return this.#budgets.reduce<Int>((most, budget) => {
      const each = this.#extremeOf(budget, this.#outer, 'min')
      return each > 0 ? least(most, divideDown(budget.most, each)) : most
    }, Number.MAX_SAFE_INTEGER)
  }

  /** How many rounds use the sums up when each is as large as it can be; a great many when they never do. */
  roundsToExhaust(): Int {
    return this.#budgets.reduce<Int>((most, budget) => {
      const each = this.#extremeOf(budget, this.#outer, 'max')
      return each > 0 ? greatest(most, divideDown(add(budget.most, subtract(each, 1)), each)) : most
    }, 1)
  }

  /** A round starts; so many are left with it. */
  startRound(rounds: number): void {
    this.#rounds = rounds
  }

  /** The greatest value up to `max` that a variable may take without using up what the other rounds need. */
  cap(name: string, min: Int, max: Int, scope: Scope): Int {
    let cap = max
    for (const budget of this.#budgets) {
      if (!budget.variables.includes(name)) continue
      const each = this.#extremeOf(budget, this.#outer, 'min')
      const spare = subtract(budget.left, multiply(each, this.#rounds - 1))
      const share = this.#isFair ? least(spare, greatest(each, divideDown(budget.left, this.#rounds))) : spare
      const fits = (value: Int): boolean => {
        const frame = new Frame(scope)
        frame.set(name, value)
        return this.#extremeOf(budget, frame, 'min') <= share
      }
      if (fits(cap)) continue
      // The greatest value that fits, by halving: sums grow with what they are made of.
      let low = min
      let high = cap
      while (low < high) {
        const middle = divideDown(add(add(low, high), 1), 2)
        if (fits(middle)) low = middle
        else high = subtract(middle, 1)
      }
      cap = low
    }
    return cap
  }

  /** A round is over; false when it used more than there was. */
  endRound(scope: Scope): boolean {
    const used = this.#budgets.map(({ of }) => valueOf(of, scope))
    if (this.#budgets.some(({ left }, index) => (used[index] ?? 0) > left)) return false
    for (const [index, budget] of this.#budgets.entries()) budget.left = subtract(budget.left, used[index] ?? 0)
    return true
  }

  /** The least or most that a round can add to a sum, with the variables that are known already. */
  #extremeOf(budget: Budget, scope: Scope, end: 'min' | 'max'): Int {
    const frame = new Frame(scope)
    frame.setIndex('i', 1)
    const assume = (name: string, min: string, max: string): void => {
      if (scope.get(name) === undefined) frame.set(name, valueOf(end === 'min' ? min : max, frame))
    }
    try {
      for (const block of this.#blocks) {
        if (block.kind === 'string') assume(`|${block.name}|`, block.minLength, block.maxLength)
        if (block.kind !== 'line') continue
        for (const field of block.fields) {
          if (field.type === 'integer') assume(field.name, field.min, field.max)
          if (field.type === 'word') assume(`|${field.name}|`, field.minLength, field.maxLength)
        }
      }
      return valueOf(budget.of, frame)
    } catch (thrown) {
      // Something else in the blocks cannot be evaluated there; the end of the round will tell.
      if (thrown instanceof SpecError) return 0
      throw thrown
    }
  }
}
