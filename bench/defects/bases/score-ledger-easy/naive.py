# The naive way, good enough here: the best one that is left, K times.
n, k = map(int, input().split())
entries = []
for place in range(n):
    name, score, time = input().split()
    entries.append((-int(score), int(time), place, name))
for _ in range(k):
    best = entries[0]
    for entry in entries:
        if entry < best:
            best = entry
    print(best[3])
    entries.remove(best)
