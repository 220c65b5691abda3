# Slow: joining two sets gives every place of one of them a new label.
import sys

data = list(map(int, sys.stdin.read().split()))
n, m, k = data[:3]
label = list(range(n + 1))
for i in range(3, 3 + 3 * m, 3):
    u, v, w = data[i:i + 3]
    if w >= k and label[u] != label[v]:
        old, new = label[v], label[u]
        for place in range(1, n + 1):
            if label[place] == old:
                label[place] = new
sizes = {}
for one in label[1:]:
    sizes[one] = sizes.get(one, 0) + 1
print(sum(size * (size - 1) // 2 for size in sizes.values()))
