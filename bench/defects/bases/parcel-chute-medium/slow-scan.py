# Slow: looks through everything for each one that is sent off.
n = int(input())
present = []
sent = {"H": 0, "L": 0}
for _ in range(n):
    op, x = input().split()
    if op == "A":
        present.append(int(x))
        continue
    for _ in range(min(int(x), len(present))):
        one = max(present) if op == "H" else min(present)
        present.remove(one)
        sent[op] += one
print(sent["H"], sent["L"])
