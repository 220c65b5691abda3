# Slow: relaxes all rides again and again.
n, m = map(int, input().split())
rides = [tuple(map(int, input().split())) for _ in range(m)]
s, x, t = map(int, input().split())
far = 10**15


def cheapest(start, goal):
    paid = [far] * (n + 1)
    paid[start] = 0
    dropped = True
    while dropped:
        dropped = False
        for u, v, w in rides:
            if paid[u] + w < paid[v]:
                paid[v] = paid[u] + w
                dropped = True
    return paid[goal]


total = cheapest(s, x) + cheapest(x, t)
print(total if total < far else -1)
