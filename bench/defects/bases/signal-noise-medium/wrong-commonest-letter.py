# Wrong: makes everything equal to the commonest letter of all.
k = int(input())
s = input()
letter = max(sorted(set(s)), key=s.count)
left = others = best = 0
for right, one in enumerate(s):
    others += one != letter
    while others > k:
        others -= s[left] != letter
        left += 1
    best = max(best, right - left + 1)
print(best)
