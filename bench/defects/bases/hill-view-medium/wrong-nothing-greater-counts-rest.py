# Wrong: where nothing greater follows, the places up to the end are counted.
n, *h = map(int, open(0).read().split())
total = 0
open_places = []
for i, x in enumerate(h):
    while open_places and h[open_places[-1]] < x:
        total += i - open_places.pop()
    open_places.append(i)
print(total + sum(n - 1 - i for i in open_places))
