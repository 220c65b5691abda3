// The structural properties of graphs that the input spec can promise.

/** What a graph promises. A tree is connected and acyclic. */
export interface GraphPromise {
  readonly directed: boolean
  readonly connected: boolean
  readonly simple: boolean
  readonly acyclic: boolean
}

/** Edges by their ends; vertices are numbered from `first`. */
export interface EdgeList {
  readonly vertices: number
  readonly first: 0 | 1
  readonly from: Int32Array
  readonly to: Int32Array
}

/** The first broken property of an edge list, or undefined when all hold. */
export function brokenProperty(
  { vertices, first, from, to }: EdgeList,
  promise: GraphPromise,
): { edge: number; message: string } | undefined {
  const seen = new Set<number>()
  const parent = new Int32Array(vertices + 1).map((_, index) => index)
  let components = vertices
  for (let index = 0; index < from.length; index += 1) {
    const u = (from[index] ?? 0) - first
    const v = (to[index] ?? 0) - first
    const edge = `edge ${u + first} ${v + first}`
    if (u === v) return { edge: index, message: `${edge} is a loop` }
    if (promise.simple) {
      const key = promise.directed || u < v ? u * (vertices + 1) + v : v * (vertices + 1) + u
      if (seen.has(key)) return { edge: index, message: `${edge} is given twice` }
      seen.add(key)
    }
    const rootU = find(parent, u)
    const rootV = find(parent, v)
    if (rootU !== rootV) {
      parent[rootU] = rootV
      components -= 1
    } else if (promise.acyclic && !promise.directed) {
      return { edge: index, message: `${edge} closes a cycle` }
    }
  }
  const last = Math.max(0, from.length - 1)
  if (promise.connected && components > 1) return { edge: last, message: `the graph has ${components} components` }
  if (promise.acyclic && promise.directed && hasDirectedCycle(vertices, first, from, to)) {
    return { edge: last, message: 'the graph has a directed cycle' }
  }
  return undefined
}

function find(parent: Int32Array, vertex: number): number {
  let root = vertex
  while (parent[root] !== root) {
    // Path halving keeps the trees flat without recursion.
    parent[root] = parent[parent[root] ?? root] ?? root
    root = parent[root] ?? root
  }
  return root
}

/** Kahn's algorithm: a cycle remains when not every vertex can be taken in topological order. */
function hasDirectedCycle(vertices: number, first: number, from: Int32Array, to: Int32Array): boolean {
  const incoming = new Int32Array(vertices)
  // Targets by source: those of vertex v stand in targets[starts[v]] … targets[starts[v + 1] - 1].
  const starts = new Int32Array(vertices + 1)
  for (const u of from) starts[u - first + 1] = (starts[u - first + 1] ?? 0) + 1
  for (let vertex = 0; vertex < vertices; vertex += 1) {
    starts[vertex + 1] = (starts[vertex + 1] ?? 0) + (starts[vertex] ?? 0)
  }
  const targets = new Int32Array(from.length)
  const next = starts.slice()
  for (const [index, u] of from.entries()) {
    const target = (to[index] ?? 0) - first
    targets[next[u - first] ?? 0] = target
    next[u - first] = (next[u - first] ?? 0) + 1
    incoming[target] = (incoming[target] ?? 0) + 1
  }
  const ready: number[] = []
  for (let vertex = 0; vertex < vertices; vertex += 1) if (incoming[vertex] === 0) ready.push(vertex)
  let taken = 0
  for (let vertex = ready.pop(); vertex !== undefined; vertex = ready.pop()) {
    taken += 1
    for (const target of targets.subarray(starts[vertex], starts[vertex + 1])) {
      incoming[target] = (incoming[target] ?? 0) - 1
      if (incoming[target] === 0) ready.push(target)
    }
  }
  return taken < vertices
}
