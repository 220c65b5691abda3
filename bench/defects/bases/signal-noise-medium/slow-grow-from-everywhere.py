# Slow: grows a part from every beginning, as long as it can be made equal.
k = int(input())
s = input()
best = 0
for i in range(len(s)):
    count = {}
    most = 0
    for j in range(i, len(s)):
        count[s[j]] = count.get(s[j], 0) + 1
        most = max(most, count[s[j]])
        if j - i + 1 - most <= k:
            best = max(best, j - i + 1)
print(best)
