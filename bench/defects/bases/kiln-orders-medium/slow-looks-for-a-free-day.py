# Slow: looks day by day for the latest free one.
n = int(input())
orders = [tuple(map(int, input().split())) for _ in range(n)]
orders.sort(key=lambda order: -order[1])
taken = [False] * (max(d for d, _ in orders) + 1)
total = 0
for d, p in orders:
    day = d
    while day > 0 and taken[day]:
        day -= 1
    if day > 0:
        taken[day] = True
        total += p
print(total)
