# Slow: walks through the tree from every place.
n = int(input())
people = [0] + list(map(int, input().split()))
near = [[] for _ in range(n + 1)]
for _ in range(n - 1):
    u, v, w = map(int, input().split())
    near[u].append((v, w))
    near[v].append((u, w))
twice = 0
for start in range(1, n + 1):
    reached = 0
    todo = [(start, 0, 0)]
    while todo:
        u, before, distance = todo.pop()
        reached += people[u] * distance
        for v, w in near[u]:
            if v != before:
                todo.append((v, u, distance + w))
    twice += people[start] * reached
print(twice // 2)
