# Slow: applies all rules again and again.
n, m = map(int, input().split())
t = [0] + list(map(int, input().split()))
rules = [tuple(map(int, input().split())) for _ in range(m)]
end = t[:]
moved = True
while moved:
    moved = False
    for u, v in rules:
        if end[u] + t[v] > end[v]:
            end[v] = end[u] + t[v]
            moved = True
print(max(end))
