# Slow: walks through the graph again from every place.
n, m, k = map(int, input().split())
near = [[] for _ in range(n + 1)]
for _ in range(m):
    u, v, w = map(int, input().split())
    if w >= k:
        near[u].append(v)
        near[v].append(u)
reached = 0
for start in range(1, n + 1):
    seen = {start}
    todo = [start]
    for u in todo:
        for v in near[u]:
            if v not in seen:
                seen.add(v)
                todo.append(v)
    reached += len(seen) - 1
print(reached // 2)
