# Wrong: compares the words position by position and mends the rest at the end.
a, b = input().split()
d, r = map(int, input().split())
differing = sum(x != y for x, y in zip(a, b))
print(differing * min(r, 2 * d) + abs(len(a) - len(b)) * d)
