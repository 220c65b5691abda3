# Wrong: prints each name only once.
n, k = map(int, input().split())
entries = []
for _ in range(n):
    name, score, time = input().split()
    entries.append((name, int(score), int(time)))
entries.sort(key=lambda entry: (-entry[1], entry[2]))
print(*list(dict.fromkeys(name for name, _, _ in entries))[:k], sep="\n")
