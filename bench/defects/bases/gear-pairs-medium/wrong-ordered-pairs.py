# Wrong: halves all ordered pairs, with every value paired with itself among them.
n, *a = map(int, open(0).read().split())
k = a.pop()
count = {}
for x in a:
    count[x % k] = count.get(x % k, 0) + 1
print(sum(some * count.get(-r % k, 0) for r, some in count.items()) // 2)
