# Slow: walks to the right from every place.
n = int(input())
h = [int(x) for x in input().split()]
total = 0
for i in range(n):
    for j in range(i + 1, n):
        if h[j] > h[i]:
            total += j - i
            break
print(total)
