# Slow: looks through everything for each one that is sent off.
n = int(input())
present = []
heavy = light = 0
for _ in range(n):
    op, x = input().split()
    x = int(x)
    if op == "A":
        present.append(x)
        continue
    while x > 0 and present:
        chosen = 0
        for i in range(len(present)):
            if op == "H" and present[i] > present[chosen] or op == "L" and present[i] < present[chosen]:
                chosen = i
        one = present.pop(chosen)
        if op == "H":
            heavy += one
        else:
            light += one
        x -= 1
print(heavy, light)
