# Wrong: the price of the trip with the fewest rides.
import sys

data = list(map(int, sys.stdin.read().split()))
n, m = data[:2]
after = [[] for _ in range(n + 1)]
for i in range(2, 2 + 3 * m, 3):
    after[data[i]].append((data[i + 2], data[i + 1]))
s, x, t = data[-3:]
for rides in after:
    rides.sort()


def price(start, goal):
    paid = {start: 0}
    queue = [start]
    for u in queue:
        for w, v in after[u]:
            if v not in paid:
                paid[v] = paid[u] + w
                queue.append(v)
    return paid.get(goal)


first, second = price(s, x), price(x, t)
print(-1 if first is None or second is None else first + second)
