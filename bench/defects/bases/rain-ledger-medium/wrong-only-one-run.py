# Wrong: counts the places with the greatest amount only as long as they stand side by side.
import sys

data = list(map(int, sys.stdin.read().split()))
n, q = data[:2]
a = data[2:2 + n]
change = [0] * (n + 1)
for i in range(2 + n, len(data), 3):
    change[data[i] - 1] += data[i + 2]
    change[data[i + 1]] -= data[i + 2]
more = 0
for i in range(n):
    more += change[i]
    a[i] += more
best = max(a)
first = a.index(best)
last = first
while last < n and a[last] == best:
    last += 1
print(best, last - first)
