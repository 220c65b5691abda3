# Slow: tries every pair.
n = int(input())
a = list(map(int, input().split()))
k = int(input())
pairs = 0
for i in range(n):
    x = a[i]
    for j in range(i):
        if (x + a[j]) % k == 0:
            pairs += 1
print(pairs)
