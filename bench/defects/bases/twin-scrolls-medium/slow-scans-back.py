# Slow: tries for every pair of beginnings all lengths of the last removal and insertion.
a, b = input().split()
d, r = map(int, input().split())
cost = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
for i in range(len(a) + 1):
    for j in range(len(b) + 1):
        ways = [cost[k][j] + d * (i - k) for k in range(i)]
        ways += [cost[i][k] + d * (j - k) for k in range(j)]
        if i and j:
            ways.append(cost[i - 1][j - 1] + (r if a[i - 1] != b[j - 1] else 0))
        if ways:
            cost[i][j] = min(ways)
print(cost[-1][-1])
