# Wrong: two heaps that do not tell each other what has left; only the number of those present is shared.
import heapq
import sys

data = sys.stdin.read().split()
light, heavy = [], []
present = 0
sums = {"H": 0, "L": 0}
for op, x in zip(data[1::2], map(int, data[2::2])):
    if op == "A":
        heapq.heappush(light, x)
        heapq.heappush(heavy, -x)
        present += 1
        continue
    some = min(x, present)
    present -= some
    for _ in range(some):
        sums[op] += heapq.heappop(light) if op == "L" else -heapq.heappop(heavy)
print(sums["H"], sums["L"])
