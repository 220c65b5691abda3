# The naive way, good enough here: looks through all things for each person, the most demanding one first.
n, m = map(int, input().split())
needs = sorted(map(int, input().split()), reverse=True)
things = list(map(int, input().split()))
free = [True] * m
matched = 0
for need in needs:
    best = -1
    for j in range(m):
        if free[j] and things[j] >= need and (best < 0 or things[j] > things[best]):
            best = j
    if best >= 0:
        free[best] = False
        matched += 1
print(matched)
