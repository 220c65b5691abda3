# Wrong: takes the first place of every line for the parent of the second one.
import sys

data = list(map(int, sys.stdin.read().split()))
n = data[0]
people = [0] + data[1:n + 1]
everyone = sum(people)
parent = [0] * (n + 1)
length = [0] * (n + 1)
children = [0] * (n + 1)
for i in range(n + 1, len(data), 3):
    u, v, w = data[i:i + 3]
    parent[v] = u
    length[v] = w
    children[u] += 1
todo = [v for v in range(1, n + 1) if not children[v]]
total = 0
for v in todo:
    if not parent[v]:
        continue
    total += length[v] * people[v] * (everyone - people[v])
    people[parent[v]] += people[v]
    children[parent[v]] -= 1
    if not children[parent[v]]:
        todo.append(parent[v])
print(total)
