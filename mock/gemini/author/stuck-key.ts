// Several test cases of two numbers: how many share a greatest common divisor (totient), and numbers of one repeated digit (multiplicative order).
import {
  cppSolver,
  decoy,
  edited,
  generatorCode,
  illegal,
  integer,
  line,
  lines,
  program,
  strategy,
  taskPart,
  varied,
  type Blueprint,
  type Draft,
  type Sample,
  type Task,
  type WireBlock,
} from './draft.ts'
import { text, type Random, type Text } from './story.ts'

interface Scene {
  title: Text
  story: Text
  maker: Text
  thing: Text
  things: string
}

/** N and D of each test case. */
type Case = readonly (readonly [number, number])[]

const scenes: readonly Scene[] = [
  {
    title: text('고장 난 타자기', 'The Broken Typewriter'),
    story: text(
      '골동품 가게의 타자기는 숫자 글쇠 하나가 자꾸 눌린 채로 멈춘다. 주인은 심심풀이로 종이에 찍힌 수의 성질을 따져 본다.',
      'In the curiosity shop stands a typewriter with a key that keeps getting stuck. To pass the time the owner thinks about the numbers on the paper.',
    ),
    maker: text('타자기', 'typewriter'),
    thing: text('종이', 'sheet'),
    things: 'sheets',
  },
  {
    title: text('간판장이의 번호판', 'The Plates of the Sign Painter'),
    story: text(
      '간판장이는 번호판을 그려서 먹고산다. 한가한 날에는 번호에 숨은 규칙을 찾거나 같은 숫자만 이어 그리며 시간을 보낸다.',
      'The sign painter makes a living from number plates. On quiet days the painter looks for rules among the numbers, or goes on painting one and the same digit.',
    ),
    maker: text('간판장이', 'painter'),
    thing: text('번호판', 'plate'),
    things: 'plates',
  },
  {
    title: text('은행의 금고 번호', 'Numbers in the Vault'),
    story: text(
      '은행의 낡은 금고실에는 번호를 찍는 기계가 있다. 금고지기는 기계가 찍어 내는 번호표를 들여다보며 나누어떨어지는지 따지는 버릇이 있다.',
      'An old machine in the vault of the bank prints numbers on labels. The keeper of the vault has got into the habit of asking what the numbers can be divided by.',
    ),
    maker: text('기계', 'machine'),
    thing: text('번호표', 'label'),
    things: 'labels',
  },
]

const totient = program(
  text(
    'D가 N의 약수일 때만 답이 있고, 그때 답은 N을 D로 나눈 몫과 서로소인 수의 개수이다. 소인수마다 비율을 곱해 구한다.',
    'There is something to count only if D divides N; then it is the number of integers coprime to the quotient, found from its prime factors.',
  ),
  'O(T * sqrt(N))',
  `
import sys


def coprime(n):
    count = n
    factor = 2
    while factor * factor <= n:
        if n % factor == 0:
            count -= count // factor
            while n % factor == 0:
                n //= factor
        factor += 1
    if n > 1:
        count -= count // n
    return count


data = list(map(int, sys.stdin.buffer.read().split()))
for n, d in zip(data[1::2], data[2::2]):
    print(coprime(n // d) if n % d == 0 else 0)
`,
)

const order = program(
  text(
    '같은 숫자 D를 L번 쓴 수가 N의 배수라는 것은 10의 L제곱을 어떤 수 m으로 나눈 나머지가 1이라는 것과 같다. 그런 가장 작은 L은 m과 서로소인 수의 개수를 소인수로 나누어 보며 찾는다.',
    'That L digits D form a multiple of N means that the L-th power of ten leaves remainder 1 modulo a certain m. The smallest such L divides the totient of m; strip it of its prime factors as far as possible.',
  ),
  'O(T * sqrt(N))',
  `
import sys
from math import gcd


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    limit = 3000
    is_prime = [True] * limit
    primes = []
    for p in range(2, limit):
        if is_prime[p]:
            primes.append(p)
            for multiple in range(p * p, limit, p):
                is_prime[multiple] = False

    def prime_factors(number):
        found = []
        for p in primes:
            if p * p > number:
                break
            if number % p == 0:
                found.append(p)
                while number % p == 0:
                    number //= p
        if number > 1:
            found.append(number)
        return found

    out = []
    for n, d in zip(data[1::2], data[2::2]):
        m = 9 * n // gcd(9 * n, d)
        if gcd(m, 10) > 1:
            out.append(-1)
            continue
        length = m
        for p in prime_factors(m):
            length -= length // p
        for p in prime_factors(length):
            while length % p == 0 and pow(10, length // p, m) == 1 % m:
                length //= p
        out.append(length)
    print("\\n".join(map(str, out)))


main()
`,
)

const tasks = {
  easy: {
    asked: ({ thing, things }) =>
      text(
        `${thing.ko}마다 1부터 N까지의 번호가 하나씩 차례로 적혀 있다. 번호와 N의 최대공약수가 정확히 D인 ${thing.ko}의 수를 구하시오.`,
        `There are ${things} with the numbers from 1 to N, one on each. Count the ${things} whose number and N have exactly D as their greatest common divisor.`,
      ),
    output: ({ thing, things }) =>
      text(
        `테스트 케이스마다 조건을 만족하는 ${thing.ko}의 수를 한 줄에 하나씩 출력한다.`,
        `For each test case print the number of such ${things} on a line of its own.`,
      ),
    solve: (cases) =>
      cases
        .map(
          ([n, d]) => Array.from({ length: n }, (_, index) => divisor(index + 1, n)).filter((one) => one === d).length,
        )
        .join('\n'),
    reference: totient,
    bruteForce: program(
      text('1부터 N까지 모든 수의 최대공약수를 구한다.', 'Take the greatest common divisor of every number.'),
      'O(T * N)',
      `
from math import gcd

for _ in range(int(input())):
    n, d = map(int, input().split())
    print(sum(1 for number in range(1, n + 1) if gcd(number, n) == d))
`,
    ),
    wrong: [
      edited(text('최대공약수가 D인 수가 아니라 D의 배수를 모두 센다.', 'Counts all multiples of D.'), totient, [
        'coprime(n // d)',
        'n // d',
      ]),
      edited(
        text('D가 N의 약수가 아닌 경우를 따로 보지 않는다.', 'Does not treat apart that D may not divide N.'),
        totient,
        [' if n % d == 0 else 0', ''],
      ),
      edited(
        text(
          '같은 소인수가 여러 번 나오면 그때마다 비율을 곱한다.',
          'Takes a prime factor into account as often as it divides.',
        ),
        totient,
        [
          '            while n % factor == 0:\n                n //= factor\n        factor += 1\n',
          '            n //= factor\n        else:\n            factor += 1\n',
        ],
      ),
      edited(text('N 자신은 세지 않는다.', 'Leaves out the number N itself.'), totient, [
        'coprime(n // d)',
        '(coprime(n // d) if d < n else 0)',
      ]),
    ],
    slow: [],
    solver: cppSolver(
      text(
        'D의 배수만 돌아보며 최대공약수를 직접 확인한다.',
        'Goes through the multiples of D and checks each greatest common divisor.',
      ),
      'O(T * N log N)',
      `
#include <bits/stdc++.h>
using namespace std;

int main() {
    int t;
    if (scanf("%d", &t) != 1) return 1;
    while (t--) {
        long long n, d;
        if (scanf("%lld %lld", &n, &d) != 2) return 1;
        long long count = 0;
        for (long long number = d; number <= n; number += d) count += gcd(number, n) == d;
        printf("%lld\\n", count);
    }
}
`,
    ),
  },
  medium: {
    asked: ({ maker, thing }) =>
      text(
        `${maker.ko}이(가) 숫자 D를 한 번 이상 이어서 적어 십진수 하나를 만든다. 그 수가 N의 배수가 되게 하려면 D를 적어도 몇 번 적어야 하는지 구하시오. 아무리 적어도 N의 배수가 되지 않으면 -1이다. ${thing.ko}의 길이에는 제한이 없다.`,
        `The ${maker.en} writes the digit D one or more times in a row, which makes a decimal number. How often does D have to be written at least, such that the number is a multiple of N? The answer is -1 when it never becomes one. The ${thing.en} is as long as needed.`,
      ),
    output: () =>
      text(
        '테스트 케이스마다 D를 적어야 하는 가장 적은 횟수를, 불가능하면 -1을 한 줄에 하나씩 출력한다.',
        'For each test case print the smallest number of times, or -1 when it is impossible, on a line of its own.',
      ),
    solve: (cases) => cases.map(([n, d]) => repeats(n, d)).join('\n'),
    reference: order,
    bruteForce: program(
      text(
        '숫자를 하나씩 이어 붙이며 나머지를 구하고, 같은 나머지가 다시 나오면 그만둔다.',
        'Append one digit after another, keep the remainder, and stop when one comes again.',
      ),
      'O(T * N)',
      `
for _ in range(int(input())):
    n, d = map(int, input().split())
    remainder = 0
    seen = set()
    answer = -1
    length = 0
    while True:
        remainder = (remainder * 10 + d) % n
        length += 1
        if remainder == 0:
            answer = length
            break
        if remainder in seen:
            break
        seen.add(remainder)
    print(answer)
`,
    ),
    wrong: [
      edited(
        text(
          '9를 곱하지 않아, N이 3의 배수일 때 틀린다.',
          'Forgets the factor of nine, which is wrong for multiples of three.',
        ),
        order,
        ['9 * n // gcd(9 * n, d)', 'n // gcd(n, d)'],
      ),
      edited(text('숫자 D와 약분되는 것을 잊는다.', 'Forgets that the digit D may take away a factor of N.'), order, [
        '9 * n // gcd(9 * n, d)',
        '9 * n',
      ]),
      edited(text('서로소인 수의 개수를 그대로 답한다.', 'Answers with the totient itself.'), order, [
        '            while length % p == 0 and pow(10, length // p, m) == 1 % m:\n                length //= p\n',
        '            pass\n',
      ]),
      decoy(
        text('천 번 적어도 안 되면 불가능하다고 여긴다.', 'Gives up after a thousand digits.'),
        `
import sys

data = list(map(int, sys.stdin.buffer.read().split()))
for n, d in zip(data[1::2], data[2::2]):
    remainder = 0
    answer = -1
    for length in range(1, 1001):
        remainder = (remainder * 10 + d) % n
        if remainder == 0:
            answer = length
            break
    print(answer)
`,
      ),
    ],
    slow: [
      decoy(
        text('N번까지 숫자를 이어 붙이며 나머지를 구한다.', 'Appends up to N digits and keeps the remainder.'),
        `
import sys


def shortest(n, d):
    remainder = 0
    for length in range(1, n + 1):
        remainder = (remainder * 10 + d) % n
        if remainder == 0:
            return length
    return -1


data = list(map(int, sys.stdin.buffer.read().split()))
for n, d in zip(data[1::2], data[2::2]):
    print(shortest(n, d))
`,
      ),
    ],
    solver: cppSolver(
      text(
        '법을 소수의 거듭제곱으로 나누어 저마다 10의 위수를 구하고, 그 최소공배수를 답한다.',
        'Split the modulus into powers of primes, find the order of ten for each of them, and take the least common multiple.',
      ),
      'O(T * sqrt(N))',
      `
#include <bits/stdc++.h>
using namespace std;
typedef long long ll;

ll power(ll base, ll exponent, ll modulus) {
    ll result = 1 % modulus;
    for (base %= modulus; exponent; exponent /= 2, base = base * base % modulus)
        if (exponent % 2) result = result * base % modulus;
    return result;
}

ll orderOfTen(ll prime, ll modulus) {
    ll found = modulus / prime * (prime - 1), rest = found;
    for (ll p = 2; rest > 1; p++) {
        if (p * p > rest) p = rest;
        if (rest % p) continue;
        while (rest % p == 0) rest /= p;
        while (found % p == 0 && power(10, found / p, modulus) == 1) found /= p;
    }
    return found;
}

int main() {
    int t;
    if (scanf("%d", &t) != 1) return 1;
    while (t--) {
        ll n, d;
        if (scanf("%lld %lld", &n, &d) != 2) return 1;
        ll m = 9 * n / gcd(9 * n, d), length = 1;
        if (m % 2 == 0 || m % 5 == 0) {
            puts("-1");
            continue;
        }
        for (ll p = 3; m > 1; p += 2) {
            if (p * p > m) p = m;
            ll part = 1;
            while (m % p == 0) m /= p, part *= p;
            if (part > 1) length = lcm(length, orderOfTen(p, part));
        }
        printf("%lld\\n", length);
    }
}
`,
    ),
  },
} satisfies Record<string, Task<Scene, Case>>

export const stuckKey: Blueprint = {
  id: 'stuck-key',
  topics: ['number-theory'],
  words: ['타자기', '간판', '금고', '최대공약수', 'typewriter', 'sign painter', 'vault', 'repunit', 'divisib'],
  drafts: { easy: (random) => draft('easy', random), medium: (random) => draft('medium', random) },
}

function draft(level: keyof typeof tasks, random: Random): Draft {
  const scene = random.pick(scenes)
  const isEasy = level === 'easy'
  const bounds = {
    MAX_T: isEasy ? random.integer(5, 10) * 10 : random.integer(15, 20) * 100,
    MAX_N: isEasy ? random.integer(5, 10) * 1000 : random.integer(3, 5) * 100_000,
    MAX_SUM: isEasy ? 100_000 : 0,
    IS_EASY: isEasy ? 1 : 0,
  }
  const cases: WireBlock = {
    kind: 'cases',
    name: 'T',
    min: '1',
    max: String(bounds.MAX_T),
    ...(isEasy ? { sum_of: 'N', sum_max: String(bounds.MAX_SUM) } : {}),
  }
  return {
    title: scene.title,
    story: scene.story,
    ...taskPart(tasks[level], scene, given(isEasy)),
    input: [cases, line(integer('N', 1, bounds.MAX_N), integer('D', 1, isEasy ? 'N' : 9))],
    samples: varied(
      () => sample(level, random, 3),
      () => sample(level, random, 4),
    ),
    illegalInputs: [
      illegal('2\n7 1\n', '테스트 케이스가 T개보다 적다.', 'There are fewer than T test cases.'),
      illegal('1\n7 0\n', 'D가 하한보다 작다.', 'The value D is below its lower bound.'),
      illegal('1\n8 10\n', 'D가 상한보다 크다.', 'The value D is above its upper bound.'),
      illegal(`1\n${bounds.MAX_N + 1} 1\n`, 'N이 상한보다 크다.', 'The value N is above its upper bound.'),
      illegal('0\n', 'T가 하한보다 작다.', 'The value T is below its lower bound.'),
    ],
    generator: {
      strategies: [
        strategy('random-mixed', 'random', '크기가 다양한 수', 'numbers of many sizes'),
        strategy('edge-tiny', 'edge', '아주 작은 수와 그 배수', 'tiny numbers and their multiples'),
        strategy('maximum-random', 'maximum', '테스트 케이스가 가장 많은 입력', 'as many test cases as there may be'),
        strategy(
          'adversarial-factors',
          'adversarial',
          '같은 소인수가 여러 번 나오거나 답이 큰 수',
          'numbers with repeated prime factors or large answers',
        ),
      ],
      code: generatorCode(bounds, generatorBody),
    },
  }
}

function given(isEasy: boolean): Text {
  return isEasy
    ? text(
        '서로 관계없는 테스트 케이스 T개가 주어지고, 테스트 케이스마다 두 정수 N과 D가 주어진다.',
        'There are T test cases, independent of each other; each gives two integers N and D.',
      )
    : text(
        '서로 관계없는 테스트 케이스 T개가 주어지고, 테스트 케이스마다 정수 N과 0이 아닌 숫자 D가 주어진다.',
        'There are T test cases, independent of each other; each gives an integer N and a digit D other than 0.',
      )
}

function sample(level: keyof typeof tasks, random: Random, count: number): Sample {
  const cases = Array.from({ length: count }, (): [number, number] => {
    const n = random.integer(2, 40)
    if (level === 'medium') return [n, random.integer(1, 9)]
    const divisors = Array.from({ length: n }, (_, index) => index + 1).filter((d) => n % d === 0)
    return [n, random.pick([...divisors, random.integer(1, n)])]
  })
  return { input: lines([count], ...cases), output: lines([tasks[level].solve(cases)]) }
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b)
}

/** How often the digit has to be written, -1 when no number of times will do. */
function repeats(n: number, digit: number): number {
  let remainder = 0
  for (let length = 1; length <= n; length += 1) {
    remainder = (remainder * 10 + digit) % n
    if (remainder === 0) return length
  }
  return -1
}

const generatorBody = `
DIGITS = 9


def digit_for(n):
    if not IS_EASY:
        return rng.randint(1, DIGITS)
    divisors = [d for d in range(1, n + 1) if n % d == 0]
    return rng.choice(divisors) if rng.random() < 0.8 else rng.randint(1, n)


def build():
    if strategy == "random-mixed":
        top = rng.choice([30, 1000, MAX_N])
        return [rng.randint(1, top) for _ in range(rng.randint(2, min(MAX_T, 40)))]
    if strategy == "edge-tiny":
        return [rng.choice([1, 2, 3, 9, 10, 27, 81, rng.randint(1, 100)]) for _ in range(rng.randint(1, MAX_T))]
    if strategy == "maximum-random":
        return [rng.randint(MAX_N * 9 // 10, MAX_N) for _ in range(MAX_T - 1)] + [MAX_N]
    numbers = []
    for _ in range(MAX_T):
        number = rng.choice([1, 3, 9, 27, 8, 49, rng.randint(MAX_N * 9 // 10, MAX_N) | 1])
        while number * 11 <= MAX_N:
            number *= rng.choice([3, 7, 11] if rng.random() < 0.9 else [2, 5])
        numbers.append(number if number <= MAX_N else MAX_N)
    return numbers


numbers = build()
if IS_EASY:
    kept = []
    for number in numbers:
        room = MAX_SUM - sum(kept)
        if room == 0:
            break
        kept.append(min(number, room) if strategy == "maximum-random" else number)
        if sum(kept) > MAX_SUM:
            kept.pop()
            break
    numbers = kept
print(len(numbers))
for number in numbers:
    print(number, digit_for(number))
`
