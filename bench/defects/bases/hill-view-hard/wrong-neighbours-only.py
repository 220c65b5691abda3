# Wrong: adds up the steps between neighbours, right only where heights rise or fall all the way.
n = int(input())
h = list(map(int, input().split()))
print(sum(abs(h[i + 1] - h[i]) * (i + 1) * (n - 1 - i) for i in range(n - 1)))
