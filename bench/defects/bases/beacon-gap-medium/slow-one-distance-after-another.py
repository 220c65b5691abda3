# Slow: tries one distance after another, from the smallest gap of the choice for the last one.
n, k = map(int, input().split())
x = [int(input()) for _ in range(n)]
best = 0
while True:
    chosen, last, smallest = 1, x[0], x[-1]
    for place in x:
        if place - last > best:
            chosen += 1
            smallest = min(smallest, place - last)
            last = place
    if chosen < k:
        break
    best = smallest
print(best)
