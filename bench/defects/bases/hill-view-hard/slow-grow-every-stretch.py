# Slow: grows a stretch from every beginning.
n = int(input())
h = list(map(int, input().split()))
total = 0
for i in range(n):
    low = high = h[i]
    for j in range(i + 1, n):
        if h[j] > high:
            high = h[j]
        elif h[j] < low:
            low = h[j]
        total += high - low
print(total)
