// The structural properties of graphs that the input spec can promise.

/** Vertices are 1..n. */
export type Edge = readonly [u: number, v: number]

/** The first broken property of an edge list, or undefined when all hold. A tree is connected and acyclic. */
export function brokenProperty(
  vertices: number,
  edges: readonly Edge[],
  promise: { directed: boolean; connected: boolean; simple: boolean; acyclic: boolean },
): { edge: number; message: string } | undefined {
  const seen = new Set<number>()
  const parent = new Int32Array(vertices + 1).map((_, index) => index)
  let components = vertices
  for (const [index, [u, v]] of edges.entries()) {
    if (u === v) return { edge: index, message: `edge ${u} ${v} is a loop` }
    if (promise.simple) {
      const key = promise.directed || u < v ? u * (vertices + 1) + v : v * (vertices + 1) + u
      if (seen.has(key)) return { edge: index, message: `edge ${u} ${v} is given twice` }
      seen.add(key)
    }
    const rootU = find(parent, u)
    const rootV = find(parent, v)
    if (rootU !== rootV) {
      parent[rootU] = rootV
      components -= 1
    } else if (promise.acyclic && !promise.directed) {
      return { edge: index, message: `edge ${u} ${v} closes a cycle` }
    }
  }
  const last = Math.max(0, edges.length - 1)
  if (promise.connected && components > 1) return { edge: last, message: `the graph has ${components} components` }
  if (promise.acyclic && promise.directed && hasDirectedCycle(vertices, edges)) {
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
function hasDirectedCycle(vertices: number, edges: readonly Edge[]): boolean {
  const out = new Map<number, number[]>()
  const incoming = new Int32Array(vertices + 1)
  for (const [u, v] of edges) {
    const targets = out.get(u)
    if (targets === undefined) out.set(u, [v])
    else targets.push(v)
    incoming[v] = (incoming[v] ?? 0) + 1
  }
  const ready: number[] = []
  for (let vertex = 1; vertex <= vertices; vertex += 1) if (incoming[vertex] === 0) ready.push(vertex)
  let taken = 0
  for (let vertex = ready.pop(); vertex !== undefined; vertex = ready.pop()) {
    taken += 1
    for (const next of out.get(vertex) ?? []) {
      incoming[next] = (incoming[next] ?? 0) - 1
      if (incoming[next] === 0) ready.push(next)
    }
  }
  return taken < vertices
}
