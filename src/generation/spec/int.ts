// Exact integers that are numbers while that is safe and big integers beyond: `<` and `===` work on both, and inputs are read fast.

/** A number when it is a safe integer, else a bigint; never both for the same value, so that `===` and sets are right. */
export type Int = number | bigint

const largestSafe = BigInt(Number.MAX_SAFE_INTEGER)

/** The one form of a value. */
export function toInt(value: bigint): Int {
  return value <= largestSafe && value >= -largestSafe ? Number(value) : value
}

/** `left + right`. */
export function add(left: Int, right: Int): Int {
  if (typeof left === 'number' && typeof right === 'number') {
    const sum = left + right
    if (Number.isSafeInteger(sum)) return sum
  }
  return toInt(BigInt(left) + BigInt(right))
}

/** `left - right`. */
export function subtract(left: Int, right: Int): Int {
  if (typeof left === 'number' && typeof right === 'number') {
    const difference = left - right
    if (Number.isSafeInteger(difference)) return difference
  }
  return toInt(BigInt(left) - BigInt(right))
}

/** `left * right`. */
export function multiply(left: Int, right: Int): Int {
  if (typeof left === 'number' && typeof right === 'number') {
    const product = left * right
    // The sum turns -0 into 0.
    if (Number.isSafeInteger(product)) return product + 0
  }
  return toInt(BigInt(left) * BigInt(right))
}

/** `left / right`, rounded down. */
export function divideDown(left: Int, right: Int): Int {
  const [dividend, divisor] = [BigInt(left), BigInt(right)]
  const quotient = dividend / divisor
  const isBelow = dividend % divisor !== 0n && dividend < 0n !== divisor < 0n
  return toInt(isBelow ? quotient - 1n : quotient)
}

export function least(left: Int, right: Int): Int {
  return left < right ? left : right
}

export function greatest(left: Int, right: Int): Int {
  return left > right ? left : right
}
