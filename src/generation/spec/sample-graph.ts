// Draws edges: trees and graphs that keep what they promise, at any size without trying for long.
import type { GraphPromise } from './graph.ts'
import { type Choose, shuffled } from './random.ts'

/** Edges by their ends, vertices from 0. */
export interface DrawnEdges {
  readonly from: number[]
  readonly to: number[]
}

/** How a spanning tree grows: every vertex hangs on any earlier one, on the last one, or on the first. */
export type TreeShape = 'random' | 'path' | 'star'

/** Pairs of vertices that are listed at most, instead of being drawn until they are new. */
const mostPairs = 3_000_000
/** So few that listing them costs nothing, whatever the number of edges. */
const fewPairs = 1_000

/** A tree with shuffled labels. */
export function drawTree(vertices: number, shape: TreeShape, choose: Choose): DrawnEdges {
  const label = shuffled(vertices, choose)
  const edges: DrawnEdges = { from: [], to: [] }
  for (let child = 1; child < vertices; child += 1) {
    const parent = shape === 'path' ? child - 1 : shape === 'star' ? 0 : Number(choose(child))
    edges.from.push(label[parent] ?? 0)
    edges.to.push(label[child] ?? 0)
  }
  return edges
}

/** A graph with so many edges that keeps its promises; undefined when there is none, or `draws` a missing edge found none. */
export function drawGraph(
  promise: GraphPromise,
  vertices: number,
  count: number,
  shape: TreeShape,
  choose: Choose,
  draws: number,
): DrawnEdges | undefined {
  const { directed, connected, simple, acyclic } = promise
  if (connected && count < vertices - 1) return undefined
  if (acyclic && !directed) {
    if (count > Math.max(0, vertices - 1)) return undefined
    const tree = drawTree(vertices, shape, choose)
    return { from: tree.from.slice(0, count), to: tree.to.slice(0, count) }
  }
  if (count > 0 && vertices < 2) return undefined
  const pairs = (vertices * (vertices - 1)) / (directed && !acyclic ? 1 : 2)
  if (simple && count > pairs) return undefined
  // In a directed acyclic graph every edge goes forward in a hidden order.
  const rank = directed && acyclic ? shuffled(vertices, choose) : undefined
  const edges: DrawnEdges = { from: [], to: [] }
  const seen = new Set<number>()
  const add = (u: number, v: number): void => {
    const isTurned = rank !== undefined && (rank[u] ?? 0) > (rank[v] ?? 0)
    const [from, to] = isTurned ? [v, u] : [u, v]
    const key = directed || from < to ? from * vertices + to : to * vertices + from
    if (from === to || (simple && seen.size === seen.add(key).size)) return
    edges.from.push(from)
    edges.to.push(to)
  }
  if (connected) {
    const tree = drawTree(vertices, shape, choose)
    tree.from.forEach((u, index) => add(u, tree.to[index] ?? 0))
  }
  if (simple && pairs <= mostPairs && (pairs <= fewPairs || count * 3 >= pairs)) {
    const isBothWays = directed && !acyclic
    const rest: number[] = []
    for (let u = 0; u < vertices; u += 1) {
      for (let v = isBothWays ? 0 : u + 1; v < vertices; v += 1) {
        if (u !== v && !seen.has(u * vertices + v) && !(rank !== undefined && seen.has(v * vertices + u))) {
          rest.push(u * vertices + v)
        }
      }
    }
    for (let index = 0; edges.from.length < count; index += 1) {
      const other = index + Number(choose(rest.length - index))
      const pair = rest[other] ?? 0
      rest[other] = rest[index] ?? 0
      add(Math.floor(pair / vertices), pair % vertices)
    }
    return edges
  }
  for (let tries = 0; edges.from.length < count; tries += 1) {
    if (tries >= draws * count) return undefined
    const u = Number(choose(vertices))
    const v = Number(choose(vertices - 1))
    add(u, v < u ? v : v + 1)
  }
  return edges
}
