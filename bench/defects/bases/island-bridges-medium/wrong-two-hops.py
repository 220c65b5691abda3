# Wrong: goes through at most one further place.
import sys

data = list(map(int, sys.stdin.read().split()))
n, m, k = data[:3]
near = [set() for _ in range(n + 1)]
for i in range(3, 3 + 3 * m, 3):
    u, v, w = data[i:i + 3]
    if w >= k:
        near[u].add(v)
        near[v].add(u)
total = 0
for u in range(1, n + 1):
    if len(near[u]) > 300:
        total += len(near[u])
        continue
    reached = set(near[u])
    for v in near[u]:
        if len(near[v]) <= 300:
            reached |= near[v]
    reached.discard(u)
    total += len(reached)
print(total // 2)
