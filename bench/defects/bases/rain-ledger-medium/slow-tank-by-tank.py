# Slow: raises every value of every range.
n, q = map(int, input().split())
a = list(map(int, input().split()))
for _ in range(q):
    l, r, v = map(int, input().split())
    for i in range(l - 1, r):
        a[i] += v
print(max(a), a.count(max(a)))
