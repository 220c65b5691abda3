# Wrong: the (K-1)-th widest gap between neighbours.
n, k, *x = map(int, open(0).read().split())
gaps = sorted((b - a for a, b in zip(x, x[1:])), reverse=True)
print(gaps[k - 2])
