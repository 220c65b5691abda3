# Slow: tries the distances one after another.
n, k = map(int, input().split())
x = [int(input()) for _ in range(n)]
gap = 1
while True:
    chosen, last = 1, x[0]
    for place in x:
        if place - last > gap:
            chosen += 1
            last = place
    if chosen < k:
        break
    gap += 1
print(gap)
