# Wrong: the end of the job that comes last in the order, not the latest end.
import sys

data = list(map(int, sys.stdin.read().split()))
n, m = data[:2]
t = [0] + data[2:2 + n]
after = [[] for _ in range(n + 1)]
waits = [0] * (n + 1)
for i in range(2 + n, len(data), 2):
    after[data[i]].append(data[i + 1])
    waits[data[i + 1]] += 1
order = [v for v in range(1, n + 1) if not waits[v]]
end = t[:]
for u in order:
    for v in after[u]:
        end[v] = max(end[v], end[u] + t[v])
        waits[v] -= 1
        if not waits[v]:
            order.append(v)
print(end[order[-1]])
