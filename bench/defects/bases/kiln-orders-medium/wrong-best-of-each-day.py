# Wrong: keeps only the dearest order of each deadline.
n = int(input())
best = {}
for _ in range(n):
    d, p = map(int, input().split())
    best[d] = max(best.get(d, 0), p)
print(sum(best.values()))
