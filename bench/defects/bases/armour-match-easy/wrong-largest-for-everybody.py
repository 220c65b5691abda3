# Wrong: gives everybody, in the order given, the largest thing that is left.
n, m = map(int, input().split())
needs = list(map(int, input().split()))
things = list(map(int, input().split()))
matched = 0
for need in needs:
    if things and things[-1] >= need:
        things.pop()
        matched += 1
print(matched)
